#!/usr/bin/env python3
"""A second verifier of evidence bundles, by somebody who shares no code with the first.

Python 3 alone: no module but the standard library's, and Ed25519 in whole numbers (RFC 8032). It reads a request a line
from standard input, {"bundle": base64, "key", "held", "receipts", "witnesses"}, and answers each with one line,
{"verdict": "good" | "tampered" | "unusable", "line", "what"}.
"""
import base64
import functools
import hashlib
import json
import re
import sys
import unicodedata

sys.setrecursionlimit(20000)


# --- Ed25519, RFC 8032 section 5.1 ---------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def point_add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_times(scalar, point):
    total = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            total = point_add(total, point)
        point = point_add(point, point)
        scalar >>= 1
    return total


def point_bytes(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


def point_of(encoded):
    number = int.from_bytes(encoded, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


@functools.lru_cache(maxsize=100000)
def ed25519_holds(public, message, signature):
    if len(signature) != 64:
        return False
    a = point_of(public)
    s = int.from_bytes(signature[32:], "little")
    if a is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    minus_a = (P - a[0], a[1], a[2], P - a[3])
    return point_bytes(point_add(point_times(s, BASE), point_times(k, minus_a))) == signature[:32]


# --- Canonical JSON: read it, write it again, and it has to be the same text ----------------------------------------


class NotCanonical(Exception):
    pass


class Number:
    """A number, with the text that it was read from."""

    def __init__(self, text):
        self.text = text


def number_text(text):
    """What ECMAScript writes for the double nearest to a text."""
    value = float(text)
    if value != value or value in (float("inf"), float("-inf")):
        raise NotCanonical()
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = ("%r" % abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + int(exponent or 0)
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    digits = stripped.rstrip("0")
    n, k = point, len(digits)
    if k <= n <= 21:
        return sign + digits + "0" * (n - k)
    if 0 < n <= 21:
        return sign + digits[:n] + "." + digits[n:]
    if -6 < n <= 0:
        return sign + "0." + "0" * -n + digits
    power = n - 1
    tail = "e" + ("+" if power >= 0 else "-") + str(abs(power))
    return sign + digits[0] + ("." + digits[1:] if k > 1 else "") + tail


SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string_text(text):
    out = []
    for c in text:
        if 0xD800 <= ord(c) <= 0xDFFF:
            raise NotCanonical()
        out.append(SHORT.get(c) or ("\\u%04x" % ord(c) if ord(c) < 0x20 else c))
    return '"' + "".join(out) + '"'


def canonical(value, depth=0):
    if depth > 100:
        raise NotCanonical()
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, Number):
        return number_text(value.text)
    if isinstance(value, str):
        return string_text(value)
    if isinstance(value, list):
        return "[" + ",".join(canonical(item, depth + 1) for item in value) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(string_text(name) + ":" + canonical(value[name], depth + 1) for name in names) + "}"


def members(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical()
    return found


def no_constant(_):
    raise ValueError("no JSON")


def read_canonical(text):
    try:
        value = json.loads(
            text, parse_int=Number, parse_float=Number, parse_constant=no_constant, object_pairs_hook=members
        )
    except (ValueError, RecursionError):
        raise NotCanonical()
    if canonical(value) != text:
        raise NotCanonical()
    return value


# --- Forms ----------------------------------------------------------------------------------------------------------


class Tampered(Exception):
    def __init__(self, line, what):
        Exception.__init__(self, what)
        self.line = line


class Unusable(Exception):
    pass


HEX64 = re.compile(r"[0-9a-f]{64}\Z")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\Z")
BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}\Z")


def is_text(value):
    return isinstance(value, str)


def is_object(value):
    return isinstance(value, dict)


def is_hash(value):
    return is_text(value) and HEX64.match(value) is not None


def is_uuid(value):
    return is_text(value) and UUID.match(value) is not None


def whole(value, least):
    """A whole number that every reader has exactly, or None."""
    if not isinstance(value, Number) or not re.match(r"-?[0-9]+\Z", value.text) or len(value.text) > 17:
        return None
    number = int(value.text)
    return number if least <= number < 2**53 else None


def is_list_of_hashes(value):
    return isinstance(value, list) and all(is_hash(item) for item in value)


def bytes_of(text):
    if BASE64.match(text) is None:
        return None
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return found if base64.b64encode(found).decode() == text else None


def sha(data):
    return hashlib.sha256(data).digest()


# --- Notes ----------------------------------------------------------------------------------------------------------


def is_name(name):
    return name != "" and not any(c == "+" or c.isspace() or unicodedata.category(c) == "Cc" for c in name)


class Key:
    def __init__(self, vkey):
        parts = vkey.split("+", 2)
        material = bytes_of(parts[2]) if len(parts) == 3 else None
        if material is None or len(material) != 33 or material[0] not in (1, 4) or not is_name(parts[0]):
            raise ValueError(vkey)
        self.name, self.id, self.vkey = parts[0], sha(parts[0].encode() + b"\n" + material)[:4], vkey
        if self.id.hex() != parts[1]:
            raise ValueError(vkey)
        self.is_witness, self.public = material[0] == 4, material[1:]

    def state(self, note):
        """'none' if no line is of this key, 'forged' if one is and is wrong, else 'signed'."""
        own = [raw for name, key_id, raw in note.signatures if name == self.name and key_id == self.id]
        if not own:
            return "none"
        return "signed" if all(self.holds(note.text.encode(), raw) for raw in own) else "forged"

    def holds(self, text, raw):
        if not self.is_witness:
            return ed25519_holds(self.public, text, raw)
        if len(raw) != 72:
            return False
        head = b"cosignature/v1\ntime %d\n" % int.from_bytes(raw[:8], "big")
        return ed25519_holds(self.public, head + text, raw[8:])


class Note:
    def __init__(self, source):
        if any(ord(c) < 32 and c != "\n" for c in source) or not source.endswith("\n"):
            raise ValueError("no note")
        text, gap, tail = source.rpartition("\n\n")
        if gap == "" or tail == "":
            raise ValueError("no note")
        self.text, self.signatures = text + "\n", []
        for line in tail[:-1].split("\n"):
            parts = line.split(" ")
            raw = bytes_of(parts[2]) if len(parts) == 3 else None
            if parts[0] != "\u2014" or raw is None or len(raw) < 5 or not is_name(parts[1]):
                raise ValueError("no signature")
            self.signatures.append((parts[1], raw[:4], raw[4:]))

    def checkpoint(self):
        lines = self.text.split("\n")
        if len(lines) != 4 or lines[0] == "" or re.match(r"[1-9][0-9]{0,14}\Z", lines[1]) is None:
            raise ValueError("no checkpoint")
        root = bytes_of(lines[2])
        if root is None or len(root) != 32:
            raise ValueError("no root")
        return lines[0], int(lines[1]), root

    def receipt(self):
        lines = self.text.split("\n")
        if len(lines) != 5 or lines[0] != "openras-receipt/v1" or "" in lines[1:3] or not is_hash(lines[3]):
            raise ValueError("no receipt")
        return lines[1], lines[2], lines[3]


# --- The tree, RFC 6962 ---------------------------------------------------------------------------------------------


def node(left, right):
    return sha(b"\x01" + left + right)


def tree_root(leaves):
    """Of one leaf or more, by pairing neighbours: a last one without a neighbour goes up as it is."""
    row = leaves
    while len(row) > 1:
        row = [node(row[i], row[i + 1]) if i + 1 < len(row) else row[i] for i in range(0, len(row), 2)]
    return row[0]


def half_of(size):
    return 1 << ((size - 1).bit_length() - 1)


def included_root(leaf, index, size, proof):
    """Up from the leaf, in the recursion of the RFC; None if the proof has another length."""
    if size == 1:
        return leaf if not proof else None
    if not proof:
        return None
    half = half_of(size)
    if index < half:
        inner = included_root(leaf, index, half, proof[:-1])
        return None if inner is None else node(inner, proof[-1])
    inner = included_root(leaf, index - half, size - half, proof[:-1])
    return None if inner is None else node(proof[-1], inner)


def consistency_roots(old, size, proof, is_whole, old_root):
    """(old root, new root) that a proof leads to, or None."""
    if old == size:
        if is_whole:
            return (old_root, old_root) if not proof else None
        return (proof[0], proof[0]) if len(proof) == 1 else None
    if not proof:
        return None
    half = half_of(size)
    if old <= half:
        inner = consistency_roots(old, half, proof[:-1], is_whole, old_root)
        return None if inner is None else (inner[0], node(inner[1], proof[-1]))
    inner = consistency_roots(old - half, size - half, proof[:-1], False, old_root)
    return None if inner is None else (node(proof[-1], inner[0]), node(proof[-1], inner[1]))


# --- The bundle -----------------------------------------------------------------------------------------------------

PLACES = ["entry", "consistency", "checkpoint", "end"]
ENVELOPE = {"about", "actor", "at", "authority", "event", "facts", "kind", "payload", "place", "v"}


def key_or_none(vkey):
    try:
        return Key(vkey) if is_text(vkey) else None
    except ValueError:
        return None


def note_or_none(text):
    try:
        return Note(text) if is_text(text) else None
    except ValueError:
        return None


class Bundle:
    def __init__(self, data, request):
        self.data = data
        self.key = key_or_none(request["key"])
        if self.key is None or self.key.is_witness:
            raise Unusable("the key")
        try:
            self.held = [(note, note.checkpoint()) for note in map(Note, request.get("held", []))]
            self.receipts = [(note, note.receipt()) for note in map(Note, request.get("receipts", []))]
        except ValueError:
            raise Unusable("a held note or a receipt")
        self.witnesses = [key_or_none(vkey) for vkey in request.get("witnesses", [])]
        if any(witness is None or not witness.is_witness for witness in self.witnesses):
            raise Unusable("a witness")
        self.changes = []
        self.vouched = 0
        self.leaves = []
        self.last_index = -1
        self.entries = 0
        self.erased = {}
        self.met = set()
        self.proofs = []
        self.checkpoints = []
        self.witnessed = set()

    def verify(self):
        if self.data == b"":
            raise Unusable("empty")
        pieces = self.data.split(b"\n")
        whole_lines, rest = pieces[:-1], pieces[-1]
        lines = whole_lines + ([rest] if rest else [])
        self.read_head(lines[0])
        if not whole_lines:
            raise Tampered(1, "cut")
        self.check_head(lines[0])
        self.target = None if self.is_log else self.last_checkpoint(lines)
        place, ended = 0, False
        for number, line in enumerate(lines[1:], 2):
            if ended:
                raise Tampered(number, "after the end")
            if number > len(whole_lines):
                raise Tampered(number, "cut")
            value = self.value(number, line)
            if not is_object(value) or len(value) != 1:
                raise Tampered(number, "unknown line")
            (name, content), = value.items()
            if name not in PLACES or (name == "consistency" and self.is_log):
                raise Tampered(number, "unknown line")
            if PLACES.index(name) < place:
                raise Tampered(number, "out of place")
            place = PLACES.index(name)
            if name == "entry":
                self.read_entry(number, content)
            elif name == "consistency":
                self.read_consistency(number, content)
            elif name == "checkpoint":
                self.read_checkpoint(number, content)
            else:
                before = b"".join(line + b"\n" for line in lines[: number - 1])
                self.read_end(number, content, before)
                ended = True
        if not ended:
            raise Tampered(len(lines) + 1, "no end")
        self.finish(len(lines))

    def value(self, number, line):
        try:
            return read_canonical(line.decode("utf-8"))
        except (NotCanonical, UnicodeDecodeError):
            raise Tampered(number, "not canonical")

    def read_head(self, line):
        try:
            value = json.loads(line.decode("utf-8"), parse_constant=no_constant)
            says = is_object(value) and type(value.get("bundle")) in (int, float) and value["bundle"] == 1
        except (ValueError, RecursionError):
            says = False
        if not says:
            raise Unusable("no bundle of version 1")

    def check_head(self, line):
        head = self.value(1, line)
        is_known = is_object(head) and set(head) - {"payloads"} == {"authority", "bundle", "kind", "origin"}
        if not is_known or whole(head["bundle"], 1) != 1 or head["kind"] not in ("log", "extract"):
            raise Tampered(1, "head")
        self.is_log = head["kind"] == "log"
        if "payloads" in head and not (self.is_log and head["payloads"] == "withheld"):
            raise Tampered(1, "head")
        self.is_withheld = "payloads" in head
        if not is_text(head["authority"]) or not is_text(head["origin"]):
            raise Tampered(1, "head")
        self.authority, self.origin = head["authority"], head["origin"]
        if self.origin != self.key.name:
            raise Tampered(1, "another log's key")

    def last_checkpoint(self, lines):
        try:
            value = read_canonical(lines[-2].decode("utf-8"))
            return Note(value["checkpoint"]).checkpoint()[1:]
        except (NotCanonical, ValueError, KeyError, TypeError, IndexError, AttributeError):
            return None

    # An entry, in the order in which its faults are told.
    def read_entry(self, number, entry):
        allowed = {"document", "envelope", "erasedBy", "index", "payload"} | (set() if self.is_log else {"proof"})
        if not is_object(entry) or not set(entry) <= allowed:
            raise Tampered(number, "entry")
        index = whole(entry.get("index"), 0)
        if index is None or not is_text(entry.get("envelope")) or not self.is_payload(entry):
            raise Tampered(number, "entry")
        if "erasedBy" in entry and not is_uuid(entry["erasedBy"]):
            raise Tampered(number, "erasedBy")
        if "document" in entry and not is_text(entry["document"]):
            raise Tampered(number, "document")
        if not self.is_log and not is_list_of_hashes(entry.get("proof")):
            raise Tampered(number, "proof")
        if index != self.last_index + 1 if self.is_log else index <= self.last_index:
            raise Tampered(number, "index")
        self.last_index = index
        self.entries += 1
        envelope = self.read_envelope(number, entry["envelope"])
        self.check_payload(number, entry, envelope)
        if "document" in entry:
            try:
                read_canonical(entry["document"])
            except NotCanonical:
                raise Tampered(number, "document")
            if envelope["facts"].get("contentHash") != "sha256:" + sha(entry["document"].encode()).hex():
                raise Tampered(number, "document")
        leaf = sha(b"\x00" + entry["envelope"].encode())
        if self.is_log:
            self.leaves.append(leaf)
        elif self.target is not None:
            size, root = self.target
            proof = [bytes.fromhex(item) for item in entry["proof"]]
            if index >= size or included_root(leaf, index, size, proof) != root:
                raise Tampered(number, "inclusion")
        for _, (_, event, expected) in self.receipts:
            if event == envelope["event"]:
                if expected != leaf.hex():
                    raise Tampered(number, "receipt")
                self.met.add(event)
        if envelope["kind"] == "log-key-changed":
            self.change_key(number, index, envelope["facts"])
        if envelope["kind"] == "payloads-erased" and isinstance(envelope["facts"].get("events"), list):
            for event in envelope["facts"]["events"]:
                if is_text(event) and event in self.erased and self.erased[event][1] == envelope["event"]:
                    del self.erased[event]

    def is_payload(self, entry):
        if "payload" not in entry:
            return True
        payload = entry["payload"]
        if not is_object(payload):
            return False
        parts = {name for name in payload if name not in ("nonce", "salts")}
        if not parts or not parts <= {"body", "refs"} or not all(is_text(payload[name]) for name in parts):
            return False
        if ("nonce" in payload) == ("salts" in payload):
            return False
        if "nonce" in payload:
            return is_hash(payload["nonce"])
        salts = payload["salts"]
        return is_object(salts) and set(salts) == parts and all(is_hash(salt) for salt in salts.values())

    def read_envelope(self, number, text):
        try:
            envelope = read_canonical(text)
        except NotCanonical:
            raise Tampered(number, "envelope not canonical")
        if not is_object(envelope) or set(envelope) != ENVELOPE:
            raise Tampered(number, "envelope")
        actor, payload = envelope["actor"], envelope["payload"]
        holds = (
            whole(envelope["v"], 2) == 2
            and envelope["authority"] == self.authority
            and (envelope["about"] is None or is_uuid(envelope["about"]))
            and (envelope["place"] is None or is_text(envelope["place"]))
            and (envelope["about"] is None) == (envelope["place"] is None)
            and is_object(actor)
            and set(actor) == {"client", "subject"}
            and all(is_text(one) for one in actor.values())
            and is_text(envelope["at"])
            and INSTANT.match(envelope["at"]) is not None
            and is_object(payload)
            and set(payload) <= {"body", "refs"}
            and all(is_hash(one) for one in payload.values())
            and is_uuid(envelope["event"])
            and is_text(envelope["kind"])
            and is_object(envelope["facts"])
        )
        if not holds:
            raise Tampered(number, "envelope")
        return envelope

    def check_payload(self, number, entry, envelope):
        payload, committed = entry.get("payload", {}), envelope["payload"]
        parts = [name for name in payload if name in ("body", "refs")]
        for name in parts:
            if "nonce" in payload:
                salt = sha(bytes.fromhex(payload["nonce"]) + name.encode())
            else:
                salt = bytes.fromhex(payload["salts"][name])
            if sha(salt + payload[name].encode()).hex() != committed.get(name):
                raise Tampered(number, "commitment")
        if "erasedBy" in entry:
            if "payload" in entry or not committed:
                raise Tampered(number, "erased and here")
            self.erased[envelope["event"]] = (number, entry["erasedBy"])
        elif len(parts) < len(committed) and self.is_log and not self.is_withheld:
            raise Tampered(number, "payload missing")

    def change_key(self, number, index, facts):
        if set(facts) != {"replaces", "vkey"}:
            raise Tampered(number, "change of a key")
        old, new = key_or_none(facts["replaces"]), key_or_none(facts["vkey"])
        for key in (old, new):
            if key is None or key.is_witness or key.name != self.origin:
                raise Tampered(number, "change of a key")
        if self.changes and self.changes[-1][2].vkey != old.vkey:
            raise Tampered(number, "change of a key")
        self.changes.append((index, old, new))

    def chain(self):
        return [self.changes[0][1]] + [new for _, _, new in self.changes] if self.changes else [self.key]

    def read_consistency(self, number, content):
        if not is_object(content) or set(content) != {"from", "to", "proof"}:
            raise Tampered(number, "consistency")
        old = whole(content["from"], 1)
        new = None if old is None else whole(content["to"], old + 1)
        if new is None or not is_list_of_hashes(content["proof"]):
            raise Tampered(number, "consistency")
        self.proofs.append((number, old, new, [bytes.fromhex(item) for item in content["proof"]]))

    def read_checkpoint(self, number, content):
        note = note_or_none(content)
        try:
            origin, size, root = note.checkpoint()
        except (ValueError, AttributeError):
            raise Tampered(number, "checkpoint")
        if origin != self.origin or (self.checkpoints and size < self.checkpoints[-1][1]):
            raise Tampered(number, "checkpoint")
        chain = self.chain()
        if any(key.state(note) == "forged" for key in chain):
            raise Tampered(number, "forged")
        vkeys = [key.vkey for key in chain]
        if self.key.vkey not in vkeys:
            raise Tampered(number, "not the key of this log")
        current = sum(1 for index, _, _ in self.changes if index < size)
        self.vouched = max(self.vouched, vkeys.index(self.key.vkey))
        # The key of this size; and where the one last vouched for is older, each from that one on.
        for place in range(min(self.vouched, current), current + 1):
            if chain[place].state(note) != "signed":
                raise Tampered(number, "not signed")
        self.vouched = max(self.vouched, current)
        for witness in self.witnesses:
            state = witness.state(note)
            if state == "forged":
                raise Tampered(number, "witness forged")
            if state == "signed":
                self.witnessed.add(witness.vkey)
        if self.is_log and (size > self.entries or tree_root(self.leaves[:size]) != root):
            raise Tampered(number, "root")
        self.checkpoints.append((number, size, root))

    def read_end(self, number, content, before):
        if not is_object(content) or set(content) != {"lines", "sha256"} or not is_hash(content["sha256"]):
            raise Tampered(number, "end")
        if whole(content["lines"], 1) != number - 1 or sha(before).hex() != content["sha256"]:
            raise Tampered(number, "end")

    def finish(self, last_line):
        if self.erased:
            raise Tampered(min(number for number, _ in self.erased.values()), "erased by nothing")
        if not self.checkpoints:
            raise Tampered(last_line, "no checkpoint")
        last_size = self.checkpoints[-1][1]
        if self.is_log and last_size < self.entries:
            raise Tampered(last_line, "under no checkpoint")
        roots = {} if self.is_log else self.linked_roots()
        for witness in self.witnesses:
            if witness.vkey not in self.witnessed:
                raise Tampered(last_line, "witness absent")
        for note, (origin, size, root) in self.held:
            self.check_own(note, origin)
            if self.is_log:
                if size > last_size or tree_root(self.leaves[:size]) != root:
                    raise Tampered(last_line, "held")
            elif size not in roots:
                raise Unusable("nothing leads from the held note")
            elif roots[size] != root:
                raise Tampered(last_line, "held")
        for note, (origin, event, _) in self.receipts:
            self.check_own(note, origin)
            if event not in self.met:
                if self.is_log:
                    raise Tampered(last_line, "receipt without its event")
                raise Unusable("the event of a receipt")

    def check_own(self, note, origin):
        states = [key.state(note) for key in self.chain()]
        if origin != self.origin or "forged" in states or "signed" not in states:
            raise Unusable("a note that is not the log's")

    def linked_roots(self):
        """The roots that proofs tie to the last checkpoint, by size."""
        roots = {}
        for number, size, root in self.checkpoints:
            if roots.setdefault(size, root) != root:
                raise Tampered(number, "two roots of one size")
        linked = {self.checkpoints[-1][1]}
        known = dict(roots)
        for _, (_, size, root) in self.held:
            known.setdefault(size, root)
        for number, old, new, proof in sorted(self.proofs, key=lambda one: (-one[2], one[0])):
            if new not in roots:
                raise Tampered(number, "consistency to nothing")
            if old not in known:
                continue
            if consistency_roots(old, new, proof, True, known[old]) != (known[old], roots[new]):
                raise Tampered(number, "consistency")
            if new in linked:
                linked.add(old)
        for number, size, _ in self.checkpoints:
            if size not in linked:
                raise Tampered(number, "a checkpoint that nothing links")
        return {size: known[size] for size in linked}


def answer(request):
    try:
        Bundle(base64.b64decode(request["bundle"]), request).verify()
        return {"verdict": "good", "line": None, "what": ""}
    except Tampered as found:
        return {"verdict": "tampered", "line": found.line, "what": str(found)}
    except Unusable as found:
        return {"verdict": "unusable", "line": None, "what": str(found)}


for request_line in sys.stdin:
    print(json.dumps(answer(json.loads(request_line))), flush=True)
