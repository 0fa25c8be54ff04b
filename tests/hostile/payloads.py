"""Texts that try to be more than texts, each with a number: a test can say which cell broke out."""

from dataclasses import dataclass, field

HOST = "hostile.invalid"
"""What a payload asks for lies here; the name can never exist."""

LONG = 9_900
"""Signs of the longest name, which is one word; with what stands before it in a cell it is just accepted."""

# A script that runs sets window.hostile_N; {n} is the number of the cell.
_RUN = "window.hostile_{n}=1"

TEXTS: dict[str, str] = {
    "script": f"<script>{_RUN}</script>",
    "dialog": "<script>alert({n})</script><img src=x onerror=alert({n})>",
    "attribute": f"\"'><img src=x onerror=\"{_RUN}\" onmouseover='{_RUN}'>",
    "picture": f"<img src='http://{HOST}/{{n}}.png'><link rel=stylesheet href=//{HOST}/{{n}}.css>",
    "frame": f"<iframe srcdoc='<script>parent.hostile_{{n}}=1</script>' src=//{HOST}/{{n}}></iframe>",
    "refresh": f"<meta http-equiv=refresh content='0;url=http://{HOST}/{{n}}'><base href=//{HOST}/>",
    "end": f"</title></textarea></style></script></td></text></svg>--><script>{_RUN}</script>",
    "svg": f"<svg onload={_RUN}><foreignObject><body onload={_RUN}></foreignObject></svg><defs>",
    "xml": f'{{n}}]]><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;&#60;script&#62;{_RUN}&lt;',
    "markdown": f"# {{n}} ![x](http://{HOST}/{{n}}.png) [y](javascript:{_RUN}) <javascript:{_RUN}> | *z*",
    "directive": f"{{n}}\n\n```{{raw}} html\n<script>{_RUN}</script>\n```\n\n:::{{include}} ../conf.py\n:::",
    "role": f"{{n}} {{raw-html}}`<script>{_RUN}</script>` {{download}}`/etc/passwd` {{{{ {{n}} }}}} [](#x)",
    "target": "(hostile-{n})=\n% {n}\n+++\n---\n[x]: file:///etc/passwd",
    "latex": f"{{n}} $\\href{{javascript:{_RUN}}}{{x^2}}$ \\(\\input{{/etc/passwd}}\\) $$\\frac1$$ \\[\\x\\]",
    "math": "{n} $\\frac{ $ a_1^ $\\unknown$ $",
    "format": "{n} {0.__class__} {name!r} %s %(x)d ${x} `id` $(id) [red]x[/red] :smile: {{7*7}}",
    "formula": f'=HYPERLINK("http://{HOST}/{{n}}","x")',
    "command": "+{n}+cmd|' /C calc'!A0",
    "minus": "-{n}+cmd|' /C calc'!A0",
    "function": "@SUM({n}+1)*cmd|' /C calc'!A0",
    "tab": "\t={n}+1",
    "fields": 'a{n};=1+1;"b\t+2',
    "wide": "＝{n}+1",
    "quoted": "'={n}+1",
    "parent": "../../../hostile_{n}",
    "drive": "C:\\hostile_{n}\\..\\con",
    "file": "file:///etc/passwd?{n}",
    "link": f"javascript:{_RUN}",
    "data": f"data:text/html,<script>{_RUN}</script>",
    "bidi": "{n}\u202egnp.exe\u202c \u2066x\u2067y\u2069\u200f",
    "glyphs": "{n} 🎬 שלום ไทย \u200b\u00ad\u2028x\U000e0041",
    "long": "{n}" + "x" * LONG,
}  # fmt: skip
"""Payloads by what they try."""


def text(kind: str, n: int) -> str:
    """Return a payload with its number; nothing else in braces is filled in."""
    return TEXTS[kind].replace("{n}", str(n))


@dataclass
class Cells:
    """Gives out payloads, a number each, and remembers which number went where."""

    where: dict[int, str] = field(default_factory=dict)

    def cell(self, kind: str, place: str) -> str:
        """Return the payload of a kind for a place such as "companies.csv name"."""
        n = 1000 + len(self.where)
        self.where[n] = f"{kind} in {place}"
        return text(kind, n)
