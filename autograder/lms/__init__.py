"""Collect submissions from Canvas and Moodle, export marks to them."""

from autograder.lms.export import CanvasExportPlugin, MoodleExportPlugin

__all__ = ["CanvasExportPlugin", "MoodleExportPlugin"]
