"""Collect submissions from Canvas and Moodle and export marks to them."""

from autograder.lms.export import CanvasExportPlugin, MoodleExportPlugin

__all__ = ["CanvasExportPlugin", "MoodleExportPlugin"]
