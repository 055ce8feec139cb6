"""What may not reach the log."""

import logging
import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PLAIN = logging.Formatter()


class NoPersonalData(logging.Filter):
    """Takes email addresses out of every line: the log is read by people who may not see who a family is."""

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
    return _EMAIL.sub("(address)", text)
