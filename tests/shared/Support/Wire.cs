#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// Bytes from text in which nobody has to count: hex pairs, 'ASCII', `a string with its two
    /// length bytes`, [ a block behind its Variable Byte Integer length ], *N for N letters, and
    /// comments from two slashes to the end of the line.
    /// </summary>
    public static class Wire
    {
        private const int MaxSize = 4096;

        /// <summary>The bytes; an unreadable text fails the test.</summary>
        public static byte[] Parse(string text)
        {
            char[] chars = text.ToCharArray();
            byte[] buffer = new byte[MaxSize];
            int[] starts = new int[8];
            int depth = 0;
            int at = 0;
            for (int i = 0; i < chars.Length; i++)
            {
                char c = chars[i];
                if (c == '[')
                {
                    starts[depth++] = at;
                }
                else if (c == ']')
                {
                    at = CloseBlock(buffer, starts[--depth], at);
                }
                else if (c == '\'' || c == '`')
                {
                    int start = at;
                    at += c == '`' ? 2 : 0;
                    for (i++; chars[i] != c; i++)
                    {
                        buffer[at++] = (byte)chars[i];
                    }

                    if (c == '`')
                    {
                        buffer[start] = (byte)((at - start - 2) >> 8);
                        buffer[start + 1] = (byte)(at - start - 2);
                    }
                }
                else if (c == '*')
                {
                    int count = 0;
                    while (i + 1 < chars.Length && chars[i + 1] >= '0' && chars[i + 1] <= '9')
                    {
                        count = count * 10 + chars[++i] - '0';
                    }

                    for (int j = 0; j < count; j++)
                    {
                        buffer[at++] = (byte)('a' + j % 26);
                    }
                }
                else if (c == '/')
                {
                    while (i < chars.Length && chars[i] != '\n')
                    {
                        i++;
                    }
                }
                else if (c > ' ')
                {
                    Assert.IsTrue(i + 1 < chars.Length, "an odd number of hex digits");
                    buffer[at++] = (byte)((Digit(c) << 4) | Digit(chars[++i]));
                }
            }

            Assert.AreEqual(0, depth, "a bracket is left open");
            return Part(buffer, 0, at);
        }

        /// <summary>Two hex digits of a byte.</summary>
        public static string Hex(int value)
        {
            const string Digits = "0123456789abcdef";
            char[] chars = Digits.ToCharArray();
            return new string(new char[] { chars[(value >> 4) & 15], chars[value & 15] });
        }

        /// <summary>Hex of some bytes, for messages.</summary>
        public static string Hex(byte[] buffer, int offset, int length)
        {
            string text = "";
            for (int i = 0; i < length && i < 80; i++)
            {
                text += Hex(buffer[offset + i]) + " ";
            }

            return length > 80 ? text + "..." : text;
        }

        /// <summary>A copy of some bytes.</summary>
        public static byte[] Part(byte[] buffer, int offset, int length)
        {
            byte[] part = new byte[length];
            System.Array.Copy(buffer, offset, part, 0, length);
            return part;
        }

        private static int CloseBlock(byte[] buffer, int start, int at)
        {
            int length = at - start;
            int size = FixedHeader.SizeOf(length);
            for (int i = at - 1; i >= start; i--)
            {
                buffer[i + size] = buffer[i];
            }

            FixedHeader.WriteRemainingLength(buffer, start, length);
            return at + size;
        }

        private static int Digit(char c)
        {
            int digit = c >= '0' && c <= '9' ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                : -1;
            Assert.IsTrue(digit >= 0, "not a hex digit");
            return digit;
        }
    }
}
