namespace EdgeBroker.Broker
{
    public sealed partial class MessageStore
    {
        /// <summary>Where in a message that can expire its interval lies.</summary>
        public int ExpiryOffset(int message)
        {
            Pool.Read(message, Length[message] + 8, _trailer, 0, 4);
            return (int)ReadTrailer(4);
        }

        /// <summary>
        /// Seconds that are left of a message's expiry; 0 or less when it has expired.
        /// </summary>
        public long ExpiryLeftS(int message, long nowMs)
        {
            Pool.Read(message, ExpiryOffset(message), _trailer, 0, 4);
            long interval = ReadTrailer(4);
            Pool.Read(message, Length[message], _trailer, 0, 8);
            long left = interval - (nowMs - ReadTrailer(8)) / 1000;
            return left > 0 ? left : 0; // One that was sent before it expired may go out again.
        }

        /// <summary>Whether a message has an expiry and it has run out [MQTT-3.3.2-5].</summary>
        public bool IsExpired(int message, long nowMs)
        {
            return CanExpire(message) && ExpiryLeftS(message, nowMs) <= 0;
        }

        /// <summary>Appends the trailer of a message that can expire.</summary>
        /// <param name="expiryOffset">Where in the message its interval lies.</param>
        /// <param name="nowMs">The host's clock.</param>
        public void AppendTrailer(int expiryOffset, long nowMs)
        {
            WriteTrailer(nowMs, expiryOffset);
            Pool.Append(_trailer, 0, TrailerLength);
        }

        /// <summary>Makes a message that can expire count from now.</summary>
        public void RestartExpiry(int message, long nowMs)
        {
            WriteTrailer(nowMs, ExpiryOffset(message));
            Pool.Write(message, Length[message], _trailer, 0, TrailerLength);
        }

        /// <summary>The QoS of a message that is kept, see SetQos.</summary>
        public int QosOf(int message)
        {
            return PropertiesLength[message] >> QosShift & 3;
        }

        /// <summary>Notes the QoS of a Will or a Retained Message.</summary>
        public void SetQos(int message, int qos)
        {
            PropertiesLength[message] |= qos << QosShift;
        }

        private long ReadTrailer(int count)
        {
            long number = 0;
            for (int i = 0; i < count; i++)
            {
                number = (number << 8) | _trailer[i];
            }

            return number;
        }

        private void WriteTrailer(long nowMs, int expiryOffset)
        {
            for (int i = 0; i < 8; i++)
            {
                _trailer[i] = (byte)(nowMs >> (56 - 8 * i));
            }

            for (int i = 0; i < 4; i++)
            {
                _trailer[8 + i] = (byte)(expiryOffset >> (24 - 8 * i));
            }
        }
    }
}
