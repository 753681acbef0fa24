// XML signatures (W3C XMLDSig) of envelopes, by libxmlsec1 with OpenSSL and libxml2. It stands behind a small interface of its
// own: the headers of Debian's libxml2 bring those of ICU, which no Swift module can have beside Foundation's.
#ifndef XML_SIGNATURE_H
#define XML_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

enum xml_signature_outcome {
    XML_SIGNATURE_VALID = 0,
    XML_SIGNATURE_MISSING,
    XML_SIGNATURE_UNREADABLE,
    XML_SIGNATURE_SEVERAL,
    XML_SIGNATURE_COVERS_PART,
    XML_SIGNATURE_REFERENCES,
    XML_SIGNATURE_NO_CERTIFICATE,
    XML_SIGNATURE_NOT_ACCEPTED,
    XML_SIGNATURE_OTHER_CONTENTS,
    XML_SIGNATURE_OTHER_KEY,
    XML_SIGNATURE_PRESENT,
    XML_SIGNATURE_BAD_KEY,
    XML_SIGNATURE_NO_MEMORY,
};

// Bytes that the caller gives back with xml_signature_free.
struct xml_signature_bytes {
    uint8_t *bytes;
    size_t length;
};

// Starts the library; once in a process, before all else. 0 when it has started.
int xml_signature_start(void);

// Looks at the signature in CHUKYDONVI below the root. detail: of a valid one the certificate as base64 text; of one that
// covers a part, the URI; of one with other than one reference, their number as text.
enum xml_signature_outcome xml_signature_verify(
    const uint8_t *document, size_t length, struct xml_signature_bytes *detail);

// Signs a document with a PEM key and its certificate; signed_document is UTF-8.
enum xml_signature_outcome xml_signature_sign(
    const uint8_t *document, size_t length, const uint8_t *key, size_t key_length, const uint8_t *certificate,
    size_t certificate_length, struct xml_signature_bytes *signed_document);

void xml_signature_free(struct xml_signature_bytes *bytes);

#endif
