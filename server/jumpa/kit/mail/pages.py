"""Letters as HTML: one plain look, and nothing in it that loads anything."""

from html import escape

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body style="margin:0;background:#f6f4ef;color:#22211f;font:16px/1.5 Georgia,serif">
<div style="max-width:36em;margin:0 auto;padding:32px 24px">
<h1 style="font-size:22px;margin:0 0 16px">{title}</h1>
{parts}
</div></body></html>
"""
_PARAGRAPH = '<p style="margin:0 0 14px;white-space:pre-line">{text}</p>'
_LINK = (
    '<a href="{url}" style="display:inline-block;margin:0 10px 14px 0;padding:9px 16px;'
    'border-radius:6px;background:#22211f;color:#fff;text-decoration:none">{text}</a>'
)


def page(language: str, title: str, paragraphs: list[str], links: list[tuple[str, str]]) -> str:
    """Return a letter with its links (text, address) below; everything is escaped."""
    parts = [_PARAGRAPH.format(text=escape(text)) for text in paragraphs if text]
    parts += [_LINK.format(url=escape(url), text=escape(text)) for text, url in links]
    return _PAGE.format(language=language, title=escape(title), parts="\n".join(parts))
