"""What may not reach the log."""

import logging
import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


class NoPersonalData(logging.Filter):
    """Takes email addresses out of every line: the log is read by people who may not see who a family is."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = _EMAIL.sub("(address)", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
