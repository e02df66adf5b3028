"""A person's name as it is kept, whoever writes it: on a page or in a roster."""

from __future__ import annotations

import re

# Dots of every code page that stand between the parts of a name (阿卜杜·热合曼) are one dot.
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･．.●˙᛫⸱﹒▪■◦", "·"))
_HAN = "㐀-鿿豈-﫿\U00020000-\U0003ffff〇"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}·])\s+(?=[{_HAN}·])|\s+(?=·)|(?<=·)\s+")


def as_kept(name: str) -> str:
    """Without the blanks between Chinese characters (石 敏), and with one kind of dot."""
    return _BETWEEN_HAN.sub("", name.translate(_DOTS)).strip()
