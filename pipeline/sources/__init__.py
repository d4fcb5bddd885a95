"""Where posts come from: Hugo sites, Substack exports, folders of Markdown, recorded feeds, single files."""

from pipeline.sources.base import KINDS, Kind, Source
from pipeline.sources.recognise import recognise

__all__ = ["KINDS", "Kind", "Source", "recognise"]
