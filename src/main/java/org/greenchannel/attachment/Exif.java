package org.greenchannel.attachment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the one thing of a picture's metadata that is needed to draw it upright. */
final class Exif {

    private static final byte[] HEAD = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int APP1 = 0xE1;
    private static final int START_OF_SCAN = 0xDA;
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY = 12;

    private Exif() {}

    /** 1 (upright) to 8; 1 when the picture does not say. */
    static int orientation(byte[] jpeg) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(jpeg);
            for (int at = 2; at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF; ) {
                int marker = jpeg[at + 1] & 0xFF;
                if (marker == START_OF_SCAN) {
                    return 1;
                }
                int length = bytes.getShort(at + 2) & 0xFFFF;
                boolean exif = marker == APP1
                        && at + 4 + HEAD.length < jpeg.length
                        && Arrays.equals(HEAD, Arrays.copyOfRange(jpeg, at + 4, at + 4 + HEAD.length));
                if (exif) {
                    int start = at + 4 + HEAD.length;
                    return directory(
                            ByteBuffer.wrap(jpeg, start, jpeg.length - start).slice());
                }
                at += 2 + length;
            }
        } catch (IndexOutOfBoundsException e) {
            return 1; // metadata that lie about their length
        }
        return 1;
    }

    private static int directory(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int first = tiff.getInt(4);
        int entries = tiff.getShort(first) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = first + 2 + i * ENTRY;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
                int value = tiff.getShort(entry + 8) & 0xFFFF;
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
