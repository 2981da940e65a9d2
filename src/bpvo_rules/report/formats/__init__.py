"""
Formats: a judgement as a file for other programs; ``docs/howto/formats.md`` says which is for what.

Every function takes a judgement of any engine and gives the same bytes for the same input.
"""

from bpvo_rules.report.formats.check_json import check_json
from bpvo_rules.report.formats.csvfile import BYTE_ORDER_MARK, meldingen_csv, verdicts_csv
from bpvo_rules.report.formats.jsontext import written_json
from bpvo_rules.report.formats.junit import junit_xml
from bpvo_rules.report.formats.parquet import meldingen_parquet
from bpvo_rules.report.formats.published import check_schema, schema_files, signalen_schema
from bpvo_rules.report.formats.sarif import sarif_json
from bpvo_rules.report.formats.signaal import SIGNAALCODES, Signaal, Signaalparameter, signalen, signalen_json

__all__ = [
    "BYTE_ORDER_MARK",
    "SIGNAALCODES",
    "Signaal",
    "Signaalparameter",
    "check_json",
    "check_schema",
    "junit_xml",
    "meldingen_csv",
    "meldingen_parquet",
    "sarif_json",
    "schema_files",
    "signalen",
    "signalen_json",
    "signalen_schema",
    "verdicts_csv",
    "written_json",
]
