using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Application Messages, each stored once however many clients wait for it: Topic Name with
    /// its length, payload, then raw properties. In this order a 3.1.1 PUBLISH goes in and out
    /// with one copy, and a 5.0 one with two or three. A message is named by its first block.
    /// </summary>
    public sealed class MessageStore
    {
        /// <summary>No message.</summary>
        public const int None = BlockPool.None;

        /// <summary>The blocks that messages lie in.</summary>
        public readonly BlockPool Pool;

        /// <summary>Queues and tables that hold each message.</summary>
        public readonly int[] References;

        /// <summary>Bytes of each message: topic with length, payload, properties.</summary>
        public readonly int[] Length;

        /// <summary>Bytes of each message's properties.</summary>
        public readonly int[] PropertiesLength;

        /// <summary>Where the Message Expiry Interval lies in each message, or None.</summary>
        public readonly int[] ExpiryOffset;

        /// <summary>When each message with an expiry was stored, by the host's clock.</summary>
        public readonly long[] StoredAtMs;

        /// <summary>Messages stored now.</summary>
        public int Count;

        private readonly int _reserved;
        private readonly byte[] _number;

        /// <param name="blockSize">Bytes of a block.</param>
        /// <param name="blockCount">Blocks.</param>
        /// <param name="reserved">Blocks that messages leave to unfinished packets.</param>
        public MessageStore(int blockSize, int blockCount, int reserved)
        {
            Pool = new BlockPool(blockSize, blockCount);
            References = new int[blockCount];
            Length = new int[blockCount];
            PropertiesLength = new int[blockCount];
            ExpiryOffset = new int[blockCount];
            StoredAtMs = new long[blockCount];
            _reserved = reserved;
            _number = new byte[4];
        }

        /// <summary>Whether a message of some length can be stored now.</summary>
        public bool HasRoom(int length)
        {
            return Pool.BlocksFor(length) <= Pool.FreeCount - _reserved;
        }

        /// <summary>
        /// Begins a message; the caller appends its bytes to the pool. It starts with one
        /// reference, the caller's.
        /// </summary>
        /// <returns>The message, or None without room.</returns>
        public int Begin(int length, int propertiesLength)
        {
            int blocks = length <= Pool.BlockSize ? 1 : Pool.BlocksFor(length);
            return blocks > Pool.FreeCount - _reserved ? None : Start(length, propertiesLength);
        }

        /// <summary>Stores bytes that are sent as they are; may use the reserve.</summary>
        /// <returns>The message, or None without room.</returns>
        public int StoreRaw(byte[] source, int offset, int length)
        {
            int message = Start(length, 0);
            if (message != None)
            {
                Pool.Append(source, offset, length);
            }

            return message;
        }

        /// <summary>Gives up one reference; the last one frees the message.</summary>
        public void Release(int message)
        {
            if (--References[message] == 0)
            {
                Count--;
                Pool.Free(message);
            }
        }

        /// <summary>Bytes of a message's Topic Name.</summary>
        public int TopicLength(int message)
        {
            int at = message * Pool.BlockSize;
            return (Pool.Bytes[at] << 8) | Pool.Bytes[at + 1];
        }

        /// <summary>
        /// Seconds that are left of a message's expiry; 0 or less when it has expired.
        /// </summary>
        public long ExpiryLeftS(int message, long nowMs)
        {
            Pool.Read(message, ExpiryOffset[message], _number, 0, 4);
            long interval = ((long)_number[0] << 24) | ((long)_number[1] << 16)
                | ((long)_number[2] << 8) | _number[3];
            return interval - (nowMs - StoredAtMs[message]) / 1000;
        }

        /// <summary>Whether a message has an expiry and it has run out [MQTT-3.3.2-5].</summary>
        public bool IsExpired(int message, long nowMs)
        {
            return ExpiryOffset[message] != None && ExpiryLeftS(message, nowMs) <= 0;
        }

        /// <summary>Notes where the Message Expiry Interval of a new message lies.</summary>
        /// <param name="message">The message.</param>
        /// <param name="properties">Its decoded properties.</param>
        /// <param name="propertiesAt">Where they begin in the message.</param>
        /// <param name="nowMs">The host's clock.</param>
        public void NoteExpiry(int message, PropertySet properties, int propertiesAt, long nowMs)
        {
            int at = properties.Find(PropertyId.MessageExpiryInterval, -1);
            if (at >= 0)
            {
                ExpiryOffset[message] = propertiesAt + at - properties.Offset;
                StoredAtMs[message] = nowMs;
            }
        }

        private int Start(int length, int propertiesLength)
        {
            int message = Pool.Begin(length);
            if (message != None)
            {
                References[message] = 1;
                Length[message] = length;
                PropertiesLength[message] = propertiesLength;
                ExpiryOffset[message] = None;
                Count++;
            }

            return message;
        }
    }
}
