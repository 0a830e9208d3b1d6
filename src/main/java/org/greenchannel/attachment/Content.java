package org.greenchannel.attachment;

/** Bytes of an attachment. @param mediaType type of these bytes, which for a picture drawn anew is JPEG */
@SuppressWarnings("ArrayRecordComponent")
public record Content(String mediaType, String fileName, byte[] bytes) {}
