using System.Text;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private readonly byte[] _digits = new byte[20];

        private int WriteSysTopic(int topic)
        {
            int length = WriteText(SysTopics.Prefix, 0);
            return WriteText(topic < SysTopics.Count
                ? SysTopics.NameOf(topic)
                : _host.NameOf(topic - SysTopics.Count), length);
        }

        private int WriteText(string text, int at)
        {
            return at + Encoding.UTF8.GetBytes(text, 0, text.Length, _scratch, at);
        }

        /// <summary>Stores a $SYS message whose name stands in the scratch buffer.</summary>
        private int StoreSys(int topic, int topicLength)
        {
            string text = topic < SysTopics.Count ? null : _host.TextOf(topic - SysTopics.Count);
            text = topic == SysTopics.Version ? Version : text;
            int end = text == null
                ? WriteNumber(SysValue(topic), topicLength)
                : WriteText(text, topicLength);
            if (topic == SysTopics.Uptime)
            {
                end = WriteText(" seconds", end);
            }

            int message = _messages.Begin(2 + end, 0, false);
            if (message != MessageStore.None)
            {
                _digits[0] = (byte)(topicLength >> 8);
                _digits[1] = (byte)topicLength;
                _messages.Pool.Append(_digits, 0, 2);
                _messages.Pool.Append(_scratch, 0, end);
            }

            return message;
        }

        private int WriteNumber(long value, int at)
        {
            int first = _digits.Length;
            do
            {
                _digits[--first] = (byte)('0' + (int)(value % 10));
                value /= 10;
            }
            while (value > 0);

            int count = _digits.Length - first;
            System.Array.Copy(_digits, first, _scratch, at, count);
            return at + count;
        }
    }
}
