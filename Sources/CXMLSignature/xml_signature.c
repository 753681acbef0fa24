#include "xml_signature.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlsave.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/errors.h>
#include <xmlsec/keys.h>
#include <xmlsec/templates.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/openssl/app.h>
#include <xmlsec/openssl/crypto.h>

// What is wrong with other people's documents is told by the outcome, and not on standard error.
static void be_silent(
    const char *file, int line, const char *function, const char *object, const char *subject, int reason,
    const char *message) {
    (void)file, (void)line, (void)function, (void)object, (void)subject, (void)reason, (void)message;
}

int xml_signature_start(void) {
    xmlInitParser();
    if (xmlSecInit() < 0 || xmlSecOpenSSLAppInit(NULL) < 0 || xmlSecOpenSSLInit() < 0) return -1;
    xmlSecErrorsSetCallback(be_silent);
    return 0;
}

void xml_signature_free(struct xml_signature_bytes *bytes) {
    free(bytes->bytes);
    bytes->bytes = NULL;
    bytes->length = 0;
}

static void keep(struct xml_signature_bytes *kept, const void *bytes, size_t length) {
    kept->bytes = malloc(length ? length : 1);
    if (kept->bytes == NULL) return;
    memcpy(kept->bytes, bytes, length);
    kept->length = length;
}

// Without entities and without the network. A DOCTYPE is refused: entities come with it.
static xmlDocPtr read_document(const uint8_t *bytes, size_t length) {
    if (length > INT_MAX) return NULL;
    xmlDocPtr document = xmlReadMemory(
        (const char *)bytes, (int)length, NULL, NULL,
        XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (document == NULL) return NULL;
    if (xmlDocGetRootElement(document) == NULL || document->intSubset != NULL) {
        xmlFreeDoc(document);
        return NULL;
    }
    return document;
}

static int is_signature_element(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, BAD_CAST name) && node->ns != NULL
        && xmlStrEqual(node->ns->href, xmlSecDSigNs);
}

// The first child of a name in the name space of signatures, and how many there are.
static xmlNodePtr child(const xmlNode *parent, const char *name, int *count) {
    xmlNodePtr found = NULL;
    for (xmlNodePtr node = parent->children; node != NULL; node = node->next) {
        if (!is_signature_element(node, name)) continue;
        if (found == NULL) found = node;
        if (count != NULL) *count += 1;
    }
    return found;
}

// The first child element of a name, and how many there are.
static xmlNodePtr element(const xmlNode *parent, const char *name, int *count) {
    xmlNodePtr found = NULL;
    for (xmlNodePtr node = parent->children; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || !xmlStrEqual(node->name, BAD_CAST name)) continue;
        if (found == NULL) found = node;
        *count += 1;
    }
    return found;
}

// CHUKYDONVI of visits, and of health checks CKS_BENH_VIEN in it: beside the organisation a physician signs there. A
// count above one says that it is not clear which is meant.
static xmlNodePtr place_of_signature(xmlDocPtr document, int *count) {
    *count = 0;
    xmlNodePtr place = element(xmlDocGetRootElement(document), "CHUKYDONVI", count);
    if (place == NULL) return NULL;
    int inner_count = 0;
    xmlNodePtr inner = element(place, "CKS_BENH_VIEN", &inner_count);
    if (inner_count > *count) *count = inner_count;
    return inner == NULL ? place : inner;
}

// The signer's certificate, the first one as programs write it; base64 text.
static xmlChar *certificate_text(const xmlNode *signature) {
    xmlNodePtr info = child(signature, "KeyInfo", NULL);
    xmlNodePtr data = info == NULL ? NULL : child(info, "X509Data", NULL);
    xmlNodePtr certificate = data == NULL ? NULL : child(data, "X509Certificate", NULL);
    return certificate == NULL ? NULL : xmlNodeGetContent(certificate);
}

// PEM is what the library reads of a certificate whose text is base64 with or without line breaks.
static xmlSecKeyPtr key_of(const xmlChar *text) {
    static const char head[] = "-----BEGIN CERTIFICATE-----\n", tail[] = "\n-----END CERTIFICATE-----\n";
    size_t length = strlen((const char *)text);
    char *pem = malloc(sizeof head + length + length / 64 + sizeof tail);
    if (pem == NULL) return NULL;
    size_t at = sizeof head - 1, column = 0;
    memcpy(pem, head, at);
    for (size_t place = 0; place < length; place++) {
        unsigned char byte = text[place];
        if (byte <= ' ') continue;
        pem[at++] = (char)byte;
        if (++column % 64 == 0) pem[at++] = '\n';
    }
    memcpy(pem + at, tail, sizeof tail);
    at += sizeof tail - 1;
    xmlSecKeyPtr key = xmlSecOpenSSLAppKeyLoadMemory(
        (const xmlSecByte *)pem, (xmlSecSize)at, xmlSecKeyDataFormatCertPem, NULL, NULL, NULL);
    free(pem);
    return key;
}

// Only what an enveloped signature needs, so that what is verified is what is read. Each set is of its own kind.
static int allow(xmlSecDSigCtxPtr context) {
    context->enabledReferenceUris = xmlSecTransformUriTypeEmpty;
    return xmlSecDSigCtxEnableReferenceTransform(context, xmlSecTransformEnvelopedId) >= 0
        && xmlSecDSigCtxEnableReferenceTransform(context, xmlSecTransformInclC14NId) >= 0
        && xmlSecDSigCtxEnableReferenceTransform(context, xmlSecTransformExclC14NId) >= 0
        && xmlSecDSigCtxEnableReferenceTransform(context, xmlSecOpenSSLTransformSha256Id) >= 0
        && xmlSecDSigCtxEnableSignatureTransform(context, xmlSecTransformInclC14NId) >= 0
        && xmlSecDSigCtxEnableSignatureTransform(context, xmlSecTransformExclC14NId) >= 0
        && xmlSecDSigCtxEnableSignatureTransform(context, xmlSecOpenSSLTransformRsaSha256Id) >= 0;
}

// What the digest covers is what is read only where it is taken of the document without the signature and nothing else.
static int is_enveloped(const xmlNode *reference) {
    xmlNodePtr transforms = child(reference, "Transforms", NULL);
    if (transforms == NULL) return 0;
    for (xmlNodePtr node = transforms->children; node != NULL; node = node->next) {
        if (!is_signature_element(node, "Transform")) continue;
        xmlChar *method = xmlGetNoNsProp(node, BAD_CAST "Algorithm");
        int found = xmlStrEqual(method, xmlSecHrefEnveloped);
        xmlFree(method);
        if (found) return 1;
    }
    return 0;
}

static enum xml_signature_outcome verify_with(xmlSecKeyPtr key, xmlNodePtr signature) {
    xmlSecDSigCtxPtr context = xmlSecDSigCtxCreate(NULL);
    if (context == NULL) {
        xmlSecKeyDestroy(key);
        return XML_SIGNATURE_NO_MEMORY;
    }
    // The context owns the key from here on.
    context->signKey = key;
    enum xml_signature_outcome outcome = XML_SIGNATURE_NOT_ACCEPTED;
    if (allow(context) && xmlSecDSigCtxVerify(context, signature) >= 0) {
        if (context->status == xmlSecDSigStatusSucceeded) {
            outcome = XML_SIGNATURE_VALID;
        } else {
            xmlSecDSigReferenceCtxPtr reference = xmlSecPtrListGetItem(&context->signedInfoReferences, 0);
            if (reference != NULL) {
                outcome = reference->status == xmlSecDSigStatusSucceeded
                    ? XML_SIGNATURE_OTHER_KEY : XML_SIGNATURE_OTHER_CONTENTS;
            }
        }
    }
    xmlSecDSigCtxDestroy(context);
    return outcome;
}

static enum xml_signature_outcome verify_in(xmlDocPtr document, struct xml_signature_bytes *detail) {
    int places = 0, count = 0;
    xmlNodePtr place = place_of_signature(document, &places);
    xmlNodePtr signature = place == NULL ? NULL : child(place, "Signature", &count);
    if (places > 1 || count > 1) return XML_SIGNATURE_SEVERAL;
    if (signature == NULL) return XML_SIGNATURE_MISSING;
    xmlNodePtr info = child(signature, "SignedInfo", NULL);
    count = 0;
    xmlNodePtr reference = info == NULL ? NULL : child(info, "Reference", &count);
    if (count != 1) {
        char text[12];
        keep(detail, text, (size_t)snprintf(text, sizeof text, "%d", count));
        return XML_SIGNATURE_REFERENCES;
    }
    xmlChar *uri = xmlGetNoNsProp(reference, BAD_CAST "URI");
    if (uri == NULL || uri[0] != 0) {
        if (uri != NULL) keep(detail, uri, strlen((const char *)uri));
        xmlFree(uri);
        return XML_SIGNATURE_COVERS_PART;
    }
    xmlFree(uri);
    if (!is_enveloped(reference)) return XML_SIGNATURE_NOT_ACCEPTED;
    xmlChar *text = certificate_text(signature);
    xmlSecKeyPtr key = text == NULL ? NULL : key_of(text);
    if (key == NULL) {
        xmlFree(text);
        return XML_SIGNATURE_NO_CERTIFICATE;
    }
    enum xml_signature_outcome outcome = verify_with(key, signature);
    if (outcome == XML_SIGNATURE_VALID) keep(detail, text, strlen((const char *)text));
    xmlFree(text);
    return outcome;
}

enum xml_signature_outcome xml_signature_verify(
    const uint8_t *bytes, size_t length, struct xml_signature_bytes *detail) {
    detail->bytes = NULL;
    detail->length = 0;
    xmlDocPtr document = read_document(bytes, length);
    if (document == NULL) return XML_SIGNATURE_UNREADABLE;
    enum xml_signature_outcome outcome = verify_in(document, detail);
    xmlFreeDoc(document);
    return outcome;
}

static xmlNodePtr template_in(xmlDocPtr document, xmlNodePtr place) {
    xmlNodePtr signature = xmlSecTmplSignatureCreate(
        document, xmlSecTransformInclC14NId, xmlSecOpenSSLTransformRsaSha256Id, NULL);
    if (signature == NULL) return NULL;
    xmlAddChild(place, signature);
    xmlNodePtr reference = xmlSecTmplSignatureAddReference(
        signature, xmlSecOpenSSLTransformSha256Id, NULL, BAD_CAST "", NULL);
    if (reference == NULL || xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedId) == NULL) return NULL;
    xmlNodePtr info = xmlSecTmplSignatureEnsureKeyInfo(signature, NULL);
    xmlNodePtr data = info == NULL ? NULL : xmlSecTmplKeyInfoAddX509Data(info);
    return data == NULL || xmlSecTmplX509DataAddCertificate(data) == NULL ? NULL : signature;
}

static int write_document(xmlDocPtr document, struct xml_signature_bytes *written) {
    xmlBufferPtr buffer = xmlBufferCreate();
    if (buffer == NULL) return -1;
    xmlSaveCtxtPtr saving = xmlSaveToBuffer(buffer, "UTF-8", 0);
    int result = -1;
    if (saving != NULL) {
        result = xmlSaveDoc(saving, document) < 0 ? -1 : 0;
        if (xmlSaveClose(saving) < 0) result = -1;
    }
    if (result == 0) keep(written, xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
    xmlBufferFree(buffer);
    return written->bytes == NULL ? -1 : result;
}

static enum xml_signature_outcome sign_in(
    xmlDocPtr document, xmlSecKeyPtr key, struct xml_signature_bytes *signed_document) {
    int places = 0;
    xmlNodePtr place = place_of_signature(document, &places);
    if (place == NULL) place = xmlNewChild(xmlDocGetRootElement(document), NULL, BAD_CAST "CHUKYDONVI", NULL);
    xmlNodePtr signature = place == NULL ? NULL : template_in(document, place);
    xmlSecDSigCtxPtr context = signature == NULL ? NULL : xmlSecDSigCtxCreate(NULL);
    if (context == NULL) {
        xmlSecKeyDestroy(key);
        return XML_SIGNATURE_NO_MEMORY;
    }
    context->signKey = key;
    int result = xmlSecDSigCtxSign(context, signature);
    xmlSecDSigCtxDestroy(context);
    if (result < 0) return XML_SIGNATURE_BAD_KEY;
    return write_document(document, signed_document) < 0 ? XML_SIGNATURE_NO_MEMORY : XML_SIGNATURE_VALID;
}

enum xml_signature_outcome xml_signature_sign(
    const uint8_t *bytes, size_t length, const uint8_t *key_bytes, size_t key_length, const uint8_t *certificate,
    size_t certificate_length, struct xml_signature_bytes *signed_document) {
    signed_document->bytes = NULL;
    signed_document->length = 0;
    xmlDocPtr document = read_document(bytes, length);
    if (document == NULL) return XML_SIGNATURE_UNREADABLE;
    enum xml_signature_outcome outcome = XML_SIGNATURE_BAD_KEY;
    int places = 0;
    xmlNodePtr place = place_of_signature(document, &places);
    if (place != NULL && child(place, "Signature", NULL) != NULL) {
        outcome = XML_SIGNATURE_PRESENT;
    } else {
        xmlSecKeyPtr key = xmlSecOpenSSLAppKeyLoadMemory(
            key_bytes, (xmlSecSize)key_length, xmlSecKeyDataFormatPem, NULL, NULL, NULL);
        if (key != NULL
            && xmlSecOpenSSLAppKeyCertLoadMemory(
                key, certificate, (xmlSecSize)certificate_length, xmlSecKeyDataFormatPem) < 0) {
            xmlSecKeyDestroy(key);
            key = NULL;
        }
        if (key != NULL) outcome = sign_in(document, key, signed_document);
    }
    xmlFreeDoc(document);
    return outcome;
}
