using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>A small generator that gives the same numbers on every runtime.</summary>
    public sealed class RandomBytes
    {
        private readonly PropertyWriter _writer = new PropertyWriter();
        private uint _state;

        /// <summary>Starts with a seed.</summary>
        public RandomBytes(int seed)
        {
            _state = (uint)seed;
        }

        /// <summary>A number below <paramref name="limit"/>, which is up to 65,536.</summary>
        public int Next(int limit)
        {
            // Numerical Recipes' constants; the low bits of such a generator are poor.
            _state = _state * 1664525 + 1013904223;
            return (int)(_state >> 16) % limit;
        }

        /// <summary>Fills an array with bytes below a limit.</summary>
        public void Fill(byte[] target, int limit)
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = (byte)Next(limit);
            }
        }

        /// <summary>Fills an array with printable ASCII.</summary>
        public void FillText(byte[] target)
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = (byte)(' ' + Next(95));
            }
        }

        /// <summary>Writes none to four properties of a PUBLISH; returns their bytes.</summary>
        public int Properties(byte[] target, byte[] text)
        {
            _writer.Begin(target, 0, target.Length);
            if (Next(2) == 1)
            {
                _writer.AddFourByte(PropertyId.MessageExpiryInterval, (long)Next(65536) << 16);
            }

            if (Next(2) == 1)
            {
                _writer.AddTwoByte(PropertyId.TopicAlias, 1 + Next(65535));
            }

            if (Next(2) == 1)
            {
                _writer.AddText(PropertyId.ContentType, text, Next(50), Next(20));
            }

            if (Next(2) == 1)
            {
                _writer.AddPair(text, Next(50), Next(20), Next(50), Next(20));
            }

            return _writer.Length;
        }
    }
}
