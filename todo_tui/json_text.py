"""Values as JSON text, by the library's own encoder but without the library.

To load ``json`` takes longer than to write what a command answers, most of it for reading JSON.
"""

from __future__ import annotations

from todo_tui.static import NoReturn


def to_json(value: object, *, between: str = ", ", after_key: str = ": ") -> str:
    """``value`` as ASCII JSON on one line: what ``json.dumps`` gives with these separators.

    Raises TypeError for what JSON has not.
    """
    try:
        from _json import encode_basestring_ascii, make_encoder
    except ImportError:
        import json

        return json.dumps(value, separators=(between, after_key))
    encode = make_encoder(
        None, _refuse, encode_basestring_ascii, None, after_key, between, False, False, True
    )
    return "".join(encode(value, 0))


def _refuse(value: object) -> NoReturn:
    raise TypeError(f"no JSON: {value!r}")
