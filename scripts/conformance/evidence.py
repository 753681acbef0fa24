"""A second checker of evidence, written from the documents alone: README.txt of a package, docs/regulators.md, the
specifications of C2SP and RFC 6962, 8032 and 9162. It shares no line with `cycle audit check`, and the tests hold both against
the same packages.

    evidence.py package FILE.zip… [--keys PATH]… [--pins DIR] [--skew SECONDS]
    evidence.py log DIR…          [--keys PATH]…

`package` checks what `cycle audit prove` wrote, `log` what `cycle audit tiles` wrote. Without --keys the keys are those found with the
evidence, which prove nothing by themselves; --pins takes a folder of `cycle audit pin`. One line for each file says how it ends; what
does not hold stands behind it, indented. Exit code 0: all holds; 1: something does not; 2: it could not be checked.

Python 3.11, standard library only.
"""

import argparse
import sys

from checked_log import check_log
from checked_package import check_package
from tlog import Wrong, keys_at


def main():
    arguments = argparse.ArgumentParser(description="Check a package of evidence, or an exported log.")
    arguments.add_argument("what", choices=["package", "log"])
    arguments.add_argument("paths", nargs="+", metavar="PATH")
    arguments.add_argument("--keys", action="append", default=[])
    arguments.add_argument("--pins")
    arguments.add_argument("--skew", type=int, default=60)
    given = arguments.parse_args()
    worst = 0
    try:
        keys = [key for path in given.keys for key in keys_at(path)] or None
    except (Wrong, OSError) as error:
        print(f"evidence: {error}", file=sys.stderr)
        return 2
    for path in given.paths:
        try:
            if given.what == "package":
                said, findings = check_package(path, keys, given.pins, given.skew)
            else:
                said, findings = check_log(path, keys)
        except (Wrong, OSError) as error:
            print(f"{path}: cannot be checked: {error}")
            worst = 2
            continue
        print(f"{path}: {said}: " + (f"NOT all holds, {len(findings)} findings" if findings else "all holds"))
        for file, text in findings:
            print(f"    {file}: {text}")
        worst = max(worst, 1 if findings else 0)
    return worst


if __name__ == "__main__":
    sys.exit(main())
