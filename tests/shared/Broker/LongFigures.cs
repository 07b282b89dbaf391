using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Figures of a host whose names and texts are as long as one likes.</summary>
    public sealed class LongFigures : HostFigures
    {
        private readonly string _name;
        private readonly string _text;

        /// <param name="character">What names and texts are made of.</param>
        /// <param name="length">How often.</param>
        public LongFigures(char character, int length)
        {
            _text = new string(character, length);
            _name = "host/" + _text;
        }

        /// <inheritdoc/>
        public override int Count()
        {
            return 20;
        }

        /// <inheritdoc/>
        public override string NameOf(int figure)
        {
            return _name;
        }

        /// <inheritdoc/>
        public override long ValueOf(int figure)
        {
            return figure;
        }

        /// <inheritdoc/>
        public override string TextOf(int figure)
        {
            return _text;
        }
    }
}
