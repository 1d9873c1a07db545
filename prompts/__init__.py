"""What is said, in Swedish and English: texts in Fluent files, loaded strictly."""
