package org.greenchannel.document;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A paper about to be printed.
 *
 * @param issuer name of the issuing organisation in the paper's language
 * @param shown values as shown, by field
 * @param values codes and raw values, for conditions; empty text when not known
 * @param verificationUrl address in the QR code
 */
record Paper(
        Blueprint blueprint,
        Locale locale,
        String number,
        String caseNumber,
        String issuer,
        String issuedOn,
        Map<String, String> shown,
        Map<String, String> values,
        List<String> signatures,
        String verificationCode,
        String verificationUrl) {}
