"""Tests of the stand-in Slack platform, driven by the real client libraries."""
