"""The playground: stand-ins of both platforms, and a page that shows them side by side with the bot between."""
