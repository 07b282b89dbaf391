namespace EdgeBroker.Codec
{
    /// <summary>The rules for UTF-8 Encoded Strings (numbering of MQTT 5.0).</summary>
    public static class Utf8
    {
        /// <summary>
        /// Whether the bytes are well-formed UTF-8 without U+0000: no overlong form, no surrogate
        /// (D800 to DFFF), nothing above U+10FFFF. Control characters, non-characters and U+FEFF
        /// are let through, as [MQTT-1.5.4-3] and the Unicode notes of section 1.5.4 allow.
        /// </summary>
        public static bool IsValid(byte[] buffer, int offset, int length)
        {
            int end = offset + length;
            while (offset < end)
            {
                int b = buffer[offset++];
                if (b < 0x80)
                {
                    // [MQTT-1.5.4-2] U+0000 must not stand in a string.
                    if (b == 0)
                    {
                        return false;
                    }

                    continue;
                }

                // [MQTT-1.5.4-1] C0 and C1 could only start overlong forms, F5 and above only code
                // points beyond U+10FFFF.
                if (b < 0xC2 || b > 0xF4 || offset >= end)
                {
                    return false;
                }

                // The second byte alone tells overlong forms, surrogates and too large values.
                int second = buffer[offset++];
                int low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
                int high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
                if (second < low || second > high)
                {
                    return false;
                }

                int more = b < 0xE0 ? 0 : b < 0xF0 ? 1 : 2;
                if (more > end - offset)
                {
                    return false;
                }

                while (more-- > 0)
                {
                    if ((buffer[offset++] & 0xC0) != 0x80)
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}
