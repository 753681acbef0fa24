"""Verification of Ed25519 signatures, from RFC 8032, section 5.1. Standard library only; nothing here is secret, so nothing
needs to take the same time each time."""

import functools
import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

# A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z (section 5.1.4).
NEUTRAL = (0, 1, 1, 0)


def add(first, second):
    a = (first[1] - first[0]) * (second[1] - second[0]) % P
    b = (first[1] + first[0]) * (second[1] + second[0]) % P
    c = 2 * first[3] * second[3] * D % P
    d = 2 * first[2] * second[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(point):
    a, b, c = point[0] * point[0] % P, point[1] * point[1] % P, 2 * point[2] * point[2] % P
    h = a + b
    e = h - (point[0] + point[1]) ** 2 % P
    g = a - b
    f = c + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def decoded(data):
    """The point of 32 bytes; None when they are none (section 5.1.3)."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or x == 0 and sign:
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def encoded(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def sum_of_products(first, point, second, other):
    """first * point + second * other."""
    both, result = add(point, other), NEUTRAL
    for place in range(max(first.bit_length(), second.bit_length()) - 1, -1, -1):
        result = double(result)
        match (first >> place & 1, second >> place & 1):
            case (1, 0): result = add(result, point)
            case (0, 1): result = add(result, other)
            case (1, 1): result = add(result, both)
    return result


@functools.lru_cache(maxsize=4096)
def verifies(key, signature, message):
    """Whether 64 bytes are the signature of a public key of 32 bytes over a message (section 5.1.7)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    point, s = decoded(key), int.from_bytes(signature[32:], "little")
    if point is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    negative = (P - point[0], point[1], point[2], P - point[3])
    return encoded(sum_of_products(s, BASE, k, negative)) == signature[:32]
