using System.Text;

namespace EdgeBroker.Firmware
{
    /// <summary>The little of an HTTP/1.1 request that the set-up page needs.</summary>
    public sealed class HttpRequest
    {
        private const string LengthHeader = "content-length:";

        private readonly byte[] _bytes;
        private readonly int _body;
        private readonly int _end;

        /// <summary>Whether all of it has arrived.</summary>
        public readonly bool IsWhole;

        /// <summary>Whether it brings a form.</summary>
        public readonly bool IsPost;

        /// <summary>Looks at what has arrived.</summary>
        /// <param name="bytes">Holds the request from its start.</param>
        /// <param name="length">Bytes that have arrived.</param>
        public HttpRequest(byte[] bytes, int length)
        {
            _bytes = bytes;
            IsPost = length > 0 && bytes[0] == 'P';
            for (int i = 3; i < length && _body == 0; i++)
            {
                if (bytes[i] == '\n' && bytes[i - 2] == '\n')
                {
                    _body = i + 1;
                }
            }

            if (_body == 0)
            {
                return;
            }

            _end = _body + ContentLength();
            IsWhole = _end >= _body && _end <= length;
        }

        /// <summary>A field of the form.</summary>
        /// <returns>Its value, or null when there is none or it is no UTF-8.</returns>
        public string Field(string name)
        {
            int at = _body;
            while (at < _end)
            {
                int end = at;
                while (end < _end && _bytes[end] != '&')
                {
                    end++;
                }

                int value = at + name.Length + 1;
                if (value <= end && _bytes[value - 1] == '='
                    && Encoding.UTF8.GetString(_bytes, at, name.Length) == name)
                {
                    return Decode(value, end);
                }

                at = end + 1;
            }

            return null;
        }

        private int ContentLength()
        {
            string head = Encoding.UTF8.GetString(_bytes, 0, _body).ToLower();
            int at = head.IndexOf(LengthHeader);
            if (at < 0)
            {
                return 0;
            }

            at += LengthHeader.Length;
            int length;
            string text = head.Substring(at, head.IndexOf('\n', at) - at).Trim();
            return int.TryParse(text, out length) ? length : -1;
        }

        /// <summary>Undoes the encoding of forms: + is a blank, %41 a byte.</summary>
        private string Decode(int at, int end)
        {
            byte[] plain = new byte[end - at];
            int length = 0;
            while (at < end)
            {
                byte value = _bytes[at++];
                if (value == '+')
                {
                    value = (byte)' ';
                }
                else if (value == '%' && at + 1 < end)
                {
                    value = (byte)(Digit(_bytes[at]) * 16 + Digit(_bytes[at + 1]));
                    at += 2;
                }

                plain[length++] = value;
            }

            return Encoding.UTF8.GetString(plain, 0, length);
        }

        private static int Digit(byte letter)
        {
            return letter <= '9' ? letter - '0' : (letter & 0xDF) - 'A' + 10;
        }
    }
}
