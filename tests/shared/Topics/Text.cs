namespace EdgeBroker.Tests
{
    /// <summary>Short ASCII texts as bytes.</summary>
    public static class Text
    {
        /// <summary>The characters as one byte each.</summary>
        public static byte[] Bytes(string text)
        {
            char[] chars = text.ToCharArray();
            byte[] bytes = new byte[chars.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)chars[i];
            }

            return bytes;
        }

        /// <summary>The bytes as one character each.</summary>
        public static string Of(byte[] bytes)
        {
            char[] chars = new char[bytes.Length];
            for (int i = 0; i < chars.Length; i++)
            {
                chars[i] = (char)bytes[i];
            }

            return new string(chars);
        }
    }
}
