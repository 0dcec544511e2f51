"""The DOCX writer: a document to edit in Word or LibreOffice, accessible, on the organisation's letterhead."""

from __future__ import annotations

from webcycle.documents.blocks import Document
from webcycle.errors import OutsideError


def render(document: Document) -> bytes:
    """The document as a file of Word (ECMA-376, transitional).

    OutsideError when python-docx is not installed, or what draws an SVG; RefusedError when a picture cannot be read or
    the letterhead is none.
    """
    try:
        import docx  # noqa: F401, PLC0415 - an extra: the other formats do without
    except ImportError as problem:
        raise OutsideError("document.docx-missing") from problem
    from webcycle.documents.docx import body, package  # noqa: PLC0415 - both need it

    opened = package.begun(document, turned=body.too_wide(document))
    return package.saved(opened, document, body.written(document, opened))
