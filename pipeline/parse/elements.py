"""What HTML elements mean for the plain text: which end a block, which hold no text, which change its kind."""

from __future__ import annotations

import re
from typing import Final

VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())

BLOCK: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p section summary table "
    "tbody td tfoot th thead tr ul".split()
)

# nothing in these is running text: code, controls, pictures, and what only a browser uses
SKIPPED: Final = frozenset(
    "applet audio button canvas datalist frameset head iframe map math meter noembed noframes noscript object optgroup "
    "option picture pre progress script select style svg template textarea title video".split()
)

# Substack's and others' widgets: calls to subscribe or share, and other people's posts shown in a box
_SKIPPED_CLASSES: Final = frozenset(
    "subscription-widget subscription-widget-wrap subscription-widget-wrap-editor subscribe-widget button-wrapper "
    "captioned-button-wrap embedded-post-wrap embedded-post embedded-publication-wrap embedded-publication "
    "digest-post-embed tweet tweet-embed twitter-tweet twitter-embed twitter-video youtube-wrap vimeo-wrap "
    "spotify-wrap soundcloud-wrap apple-podcast-container instagram-media instagram tiktok-wrap tiktok-embed "
    "bluesky-wrap bluesky-embed mastodon-embed poll-embed install-substack-app-embed file-embed-wrapper "
    "image-gallery-embed native-video-embed native-audio-embed community-chat directMessage comment-embed "
    "sponsorship-campaign-embed paywall-jump "
    "footnote-number footnote-backref footnote-return footnote-back reversefootnote "
    "datawrapper-wrap prediction-market-wrap github-gist hide-text share-dialog header-anchor-parent "
    "highlighted_code_block katex-html MathJax MathJax_Preview anchorjs-link sr-only "
    "visually-hidden screen-reader-text wp-block-code crayon-syntax".split()
)
_SKIPPED_COMPONENTS: Final = re.compile(
    r"(?:subscribe|button|youtube|twitter|tweet|vimeo|spotify|soundcloud|embed|digest|poll|instagram|tiktok|bluesky|"
    r"applepodcast|community|comment|paywall|sponsor|highlightedcode|videoplaceholder|audioplaceholder|datawrapper|"
    r"prediction|recipe|gallery|install)",
    re.IGNORECASE,
)
_CAPTION_CLASSES: Final = frozenset("image-caption wp-caption-text caption figure-caption cta-caption".split())
_FOOTNOTE_CLASSES: Final = frozenset("footnote footnotes footnote-content footnotes-list footnote-definition".split())


def is_skipped(tag: str, attrs: dict[str, str]) -> bool:
    """Whether all within the element is left out."""
    if tag in SKIPPED:
        return True
    if not attrs:
        return False
    classes = attrs.get("class")
    if classes and not _SKIPPED_CLASSES.isdisjoint(classes.split()):
        return True
    component = attrs.get("data-component-name")
    if component and _SKIPPED_COMPONENTS.match(component):
        return True
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return True
    style = attrs.get("style")
    return bool(style and re.search(r"display:\s*none", style, re.IGNORECASE))


def is_caption(attrs: dict[str, str]) -> bool:
    """Whether the element is a picture's caption by its class."""
    classes = attrs.get("class")
    return bool(classes and not _CAPTION_CLASSES.isdisjoint(classes.split()))


def is_footnote(attrs: dict[str, str]) -> bool:
    """Whether the element holds footnotes."""
    if attrs.get("role") in {"doc-endnotes", "doc-footnote", "doc-endnote"}:
        return True
    classes = attrs.get("class")
    return bool(classes and not _FOOTNOTE_CLASSES.isdisjoint(classes.split()))
