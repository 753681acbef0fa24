"""Envelopes with other visits in them: what the clients of the doors share. Standard library only."""

import base64
import re

TABLE = re.compile(rb"(<NOIDUNGFILE>)(.*?)(</NOIDUNGFILE>)", re.DOTALL)
ADDRESS = re.compile(rb"(<DIA_CHI>)(.*?)(</DIA_CHI>)", re.DOTALL)
EPISODE = re.compile(rb"(<MA_LK>)(.*?)(</MA_LK>)", re.DOTALL)


def renamed(envelope, prefix):
    """The same envelope with a prefix before each MA_LK, so that its visits are other visits."""

    def table(found):
        if found.group(2).lstrip().startswith(b"<"):
            return EPISODE.sub(rb"\g<1>" + prefix.encode() + rb"\g<2>\g<3>", found.group(0))
        document = base64.b64decode(found.group(2))
        document = EPISODE.sub(rb"\g<1>" + prefix.encode() + rb"\g<2>\g<3>", document)
        return found.group(1) + base64.b64encode(document) + found.group(3)

    return TABLE.sub(table, envelope)


def changed(envelope):
    """The same envelope with another address in each visit, so that its visits are later versions of the same."""
    def later(document):
        return ADDRESS.sub(rb"\g<1>\g<2>" + ", tầng 2".encode() + rb"\g<3>", document)

    def table(found):
        if found.group(2).lstrip().startswith(b"<"):
            return later(found.group(0))
        return found.group(1) + base64.b64encode(later(base64.b64decode(found.group(2)))) + found.group(3)

    return TABLE.sub(table, envelope)


def facility_code(envelope):
    """MACSKCB of the envelope."""
    return re.search(rb"<MACSKCB>\s*(.*?)\s*</MACSKCB>", envelope).group(1).decode()
