"""What the leaves about a record must tell: one story, without a gap, to its end. From README.txt of a package. Standard library
only."""

import leaf as leaves


def disagreements(proved, skew):
    """Where the leaves of two parties do not agree: a file and what is wrong with it.

    `proved` has party, number, leaf and topic of each; clocks may differ by `skew` seconds."""
    sent, received, messages = {}, [], {leaf.message for _, _, leaf, _ in proved}
    for party, number, leaf, _ in proved:
        if leaf.decision == leaves.SENT:
            sent.setdefault(leaf.message, []).append(leaf)
        else:
            received.append((party, number, leaf))
    for party, number, leaf in received:
        if leaf.decision in (leaves.LOOKED, leaves.KEY_CHANGED):
            continue
        name, copies = f"leaves/{party}/{number}.leaf", sent.get(leaf.message, [])
        if not copies:
            if leaf.kind != leaves.FACILITY_RECORD:
                yield name, "received, and nobody sent it"
            continue
        if min(copy.time for copy in copies) - leaf.time > skew * 1000:
            yield name, "received before it was sent, by the clocks"
        if all(copy.digest != leaf.digest for copy in copies):
            yield name, "received with another digest than it was sent with"
    for party, number, leaf, _ in proved:
        if leaf.decision == leaves.SENT and leaf.cause in messages and not any(
                other == party and cause.message == leaf.cause and place < number for other, place, cause in received):
            yield f"leaves/{party}/{number}.leaf", "sent because of what had not been received"


def chain(found, is_about):
    """The leaves of one log about a record, each of which names the one before it: the numbers that are named, and where the
    chain is broken."""
    named, links = set(), []
    for number in sorted(found, reverse=True):
        leaf = found[number]
        if leaf.decision == leaves.OBSERVED or leaf.is_verdict:
            continue
        if number in named or is_about(leaf):
            links.append(number)
            if leaf.previous not in (leaves.FIRST, leaves.NO_CHAIN):
                named.add(leaf.previous - 1)
    before, findings = leaves.FIRST, []
    for number in reversed(links):
        if found[number].previous != before:
            findings.append((number, "incomplete: the leaf before it about the same record is another, or is not here"))
        before = number + 1
    return named, findings


INTAKES, CONCLUSIONS, ANSWERS = (1, 2, 9, 4), (6, 10, 7), (9, 3, 5)
FACILITY_WITHDREW = 5001


def open_ends(entries):
    """Leaves from which something should follow that is not there, as party and number."""
    own = [entry for entry in entries if entry[2].decision != leaves.OBSERVED]
    received = {leaf.message for _, _, leaf, _ in own if leaf.decision != leaves.SENT}
    observed = {leaf.message for _, _, leaf, _ in entries if leaf.decision == leaves.OBSERVED}
    found = set()
    for name, number, leaf, _ in own:
        if leaf.decision == leaves.SENT and (
                leaf.message not in received or observed and leaf.message not in observed):
            found.add((name, number))
    for name in {entry[0] for entry in own}:
        sent = [entry for entry in own if entry[0] == name and entry[2].decision == leaves.SENT]
        taken = [entry for entry in own if entry[0] == name and entry[2].decision != leaves.SENT]
        causes = {leaf.cause for _, _, leaf, _ in sent}
        intakes = [entry for entry in taken if entry[2].kind in INTAKES]
        for _, number, leaf, _ in intakes:
            if leaf.decision in (leaves.ACCEPTED, leaves.REFUSED, leaves.HELD) and leaf.message not in causes:
                found.add((name, number))
        waits = any(entry[2].kind == 2 for entry in sent) or any(entry[2].kind in ANSWERS for entry in taken)
        last = latest(intakes)
        if waits and last and last[2].decision == leaves.ACCEPTED and not any(
                entry[2].kind in CONCLUSIONS and entry[3] == last[3] for entry in sent):
            found.add((name, last[1]))
        last = latest([entry for entry in sent if entry[2].kind == leaves.FACILITY_RECORD])
        if last and last[2].reason != FACILITY_WITHDREW and not any(
                entry[2].kind in (10, 7) and entry[3] == last[3] for entry in taken):
            found.add((name, last[1]))
    return found


def latest(entries):
    """The leaf of the latest revision that was not too late."""
    counted = [
        entry for entry in entries if entry[2].decision not in (leaves.DUPLICATE, leaves.STALE, leaves.UNREADABLE)]
    return max(counted, key=lambda entry: (entry[3], entry[1]), default=None)
