"""What is remembered: one file of domain verbs per subject, portable SQL, two engines behind one store."""
