"""Reads FHIR R4 resources with fhir.resources, a model library from PyPI that has nothing of ours: what it does not take is no R4.

    fhir_models.py FILE...        # Needs fhir.resources==6.4.0 (R4 4.0.1) with pydantic below 2.

Ends with 1 and the library's words where a file is not taken.
"""

import json
import pathlib
import sys

import fhir.resources
from fhir.resources import get_fhir_model_class


def main():
    if fhir.resources.__fhir_version__ != "4.0.1":
        sys.exit(f"fhir_models.py: this library has FHIR {fhir.resources.__fhir_version__}, and 4.0.1 is wanted")
    count = 0
    for name in sys.argv[1:]:
        value = json.loads(pathlib.Path(name).read_text())
        try:
            get_fhir_model_class(value["resourceType"]).parse_obj(value)
        except Exception as problem:
            sys.exit(f"{name}: {problem}")
        count += 1 + len(value.get("entry", []))
    print(f"{count} resources taken")


if __name__ == "__main__":
    main()
