"""What may not reach the log."""

import logging
import re

# PostgreSQL's further lines about an error. They quote the statement and the values: a child's answers.
_QUOTING = re.compile(
    r"^(?:LINE \d+|DETAIL|CONTEXT|HINT|QUERY):.*?(?=^(?:The above|During handling)|\Z)", re.M | re.S
)
# Each character is looked at once, however long the line that somebody has sent: it begins where a run of such
# characters does, and gives none of them back ("++").
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+")
# A part of an address that opens something to whoever has it: it is long, and made of letters small and large.
_TOKEN = re.compile(r"(?<=/)(?=[^/\s]*[A-Z])[\w:=.-]{24,}+")
_PLAIN = logging.Formatter()


class NoPersonalData(logging.Filter):
    """Takes email addresses, tokens in addresses, and the values that a database quotes, out of what is logged.

    The log is read by people who may not see who a family is, nor open what was sent to her alone.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = _hide(message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        # A database's complaint quotes the value that it does not like.
        if record.exc_info and not record.exc_text:
            record.exc_text = _PLAIN.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = _hide(record.exc_text)
        return True


def _hide(text: str) -> str:
    return _TOKEN.sub("(token)", _EMAIL.sub("(address)", _QUOTING.sub("(what it quotes)\n", text)))
