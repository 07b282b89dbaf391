#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests
{
    /// <summary>
    /// Bytes from annotated text: pairs of hex digits, 'ASCII text' in quotes, and comments from
    /// two slashes to the end of the line.
    /// </summary>
    public static class Hex
    {
        /// <summary>The bytes of a vector; an unreadable one fails the test.</summary>
        public static byte[] Parse(string text)
        {
            char[] chars = text.ToCharArray();
            byte[] bytes = new byte[Read(chars, null)];
            Read(chars, bytes);
            return bytes;
        }

        /// <summary>Fails unless the bytes are this ASCII text.</summary>
        public static void AssertText(
            string expected, byte[] buffer, int offset, int length, string what)
        {
            char[] chars = expected.ToCharArray();
            Assert.AreEqual(chars.Length, length, what + ": length");
            for (int i = 0; i < length; i++)
            {
                Assert.AreEqual((int)chars[i], (int)buffer[offset + i], what);
            }
        }

        /// <summary>Fails unless the bytes are those of an array.</summary>
        public static void AssertBytes(
            byte[] expected, byte[] buffer, int offset, int length, string what)
        {
            Assert.AreEqual(expected.Length, length, what + ": length");
            for (int i = 0; i < length; i++)
            {
                if (expected[i] != buffer[offset + i])
                {
                    Assert.AreEqual((int)expected[i], (int)buffer[offset + i],
                        what + ": byte " + i.ToString());
                }
            }
        }

        // Counts the bytes when there is no array to write them to.
        private static int Read(char[] chars, byte[] bytes)
        {
            int count = 0;
            int high = -1;
            for (int i = 0; i < chars.Length; i++)
            {
                char c = chars[i];
                if (c == '/')
                {
                    while (i < chars.Length && chars[i] != '\n')
                    {
                        i++;
                    }
                }
                else if (c == '\'')
                {
                    for (i++; chars[i] != '\''; i++)
                    {
                        count = Add(bytes, count, chars[i]);
                    }
                }
                else if (c > ' ')
                {
                    int digit = Digit(c);
                    Assert.IsTrue(digit >= 0, "a vector has a character that is not hex");
                    count = high < 0 ? count : Add(bytes, count, high << 4 | digit);
                    high = high < 0 ? digit : -1;
                }
            }

            Assert.IsTrue(high < 0, "a vector has an odd number of hex digits");
            return count;
        }

        private static int Add(byte[] bytes, int count, int value)
        {
            if (bytes != null)
            {
                bytes[count] = (byte)value;
            }

            return count + 1;
        }

        private static int Digit(char c)
        {
            if (c >= '0' && c <= '9')
            {
                return c - '0';
            }

            return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        }
    }
}
