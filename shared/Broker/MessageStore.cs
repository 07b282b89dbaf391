using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Application Messages, each stored once however many clients wait for it: Topic Name with
    /// its length, payload, then raw properties. In this order a 3.1.1 PUBLISH goes in and out
    /// with one copy, and a 5.0 one with two or three. A message is named by its first block.
    /// </summary>
    public sealed partial class MessageStore
    {
        /// <summary>No message.</summary>
        public const int None = BlockPool.None;

        /// <summary>
        /// Bytes behind a message that can expire: when it was stored, in milliseconds of the
        /// host's clock, and where its Message Expiry Interval lies. Few messages have it, so it
        /// takes no place in a table.
        /// </summary>
        public const int TrailerLength = 12;

        /// <summary>In PropertiesLength: there is a trailer.</summary>
        private const int HasExpiryFlag = 1 << 30;

        /// <summary>In PropertiesLength: the QoS of a message that is kept.</summary>
        private const int QosShift = 28;

        private const int LengthMask = (1 << QosShift) - 1;

        /// <summary>The blocks that messages lie in.</summary>
        public readonly BlockPool Pool;

        /// <summary>Queues and tables that hold each message.</summary>
        public readonly int[] References;

        /// <summary>Bytes of each message: topic with length, payload, properties.</summary>
        public readonly int[] Length;

        /// <summary>
        /// Bytes of each message's properties; with a flag when the message can expire.
        /// </summary>
        public readonly int[] PropertiesLength;

        /// <summary>Messages stored now.</summary>
        public int Count;

        /// <summary>
        /// Blocks of messages that stay: Retained Messages, Wills, and those of sessions.
        /// </summary>
        public int PinnedBlocks;

        /// <summary>
        /// Blocks that are never pinned and never left to clients that take nothing: room for the
        /// largest packet, so that messages always pass.
        /// </summary>
        public readonly int PassingBlocks;

        private readonly int _reserved;
        private readonly byte[] _trailer;

        /// <param name="blockSize">Bytes of a block.</param>
        /// <param name="blockCount">Blocks.</param>
        /// <param name="reserved">Blocks that messages leave to responses.</param>
        /// <param name="largest">Bytes of the largest packet.</param>
        public MessageStore(int blockSize, int blockCount, int reserved, int largest)
        {
            Pool = new BlockPool(blockSize, blockCount);
            PassingBlocks = BlocksFor(largest);
            References = new int[blockCount];
            Length = new int[blockCount];
            PropertiesLength = new int[blockCount];
            _reserved = reserved;
            _trailer = new byte[TrailerLength];
        }

        /// <summary>Whether the message of a packet of some length can be stored now.</summary>
        public bool HasRoom(int length)
        {
            return BlocksFor(length) <= Pool.FreeCount - _reserved;
        }

        /// <summary>Blocks that the message of a packet of some length takes at most.</summary>
        public int BlocksFor(int length)
        {
            return Pool.BlocksFor(length + TrailerLength);
        }

        /// <summary>Whether a response of any length can be stored now.</summary>
        public bool HasRoomToRespond()
        {
            return Pool.FreeCount >= _reserved;
        }

        /// <summary>Bytes of blocks that messages which wait for slow clients may have.</summary>
        public long BytesForWaiting()
        {
            int blocks = Pool.BlockCount - _reserved - PinnedBlocks - PassingBlocks;
            return blocks > 0 ? (long)blocks * Pool.BlockSize : 0;
        }

        /// <summary>
        /// Whether one more message may stay for good, as Retained Messages and Wills do.
        /// </summary>
        /// <param name="message">The message.</param>
        /// <param name="instead">The message that it replaces, or None.</param>
        /// <param name="spared">Blocks that are left to others as well.</param>
        public bool CanPin(int message, int instead, int spared)
        {
            int blocks = PinnedBlocks + BlocksOf(message)
                - (instead == None ? 0 : BlocksOf(instead));
            return blocks <= Pool.BlockCount - _reserved - PassingBlocks - spared;
        }

        /// <summary>Holds a message for good.</summary>
        public void Pin(int message)
        {
            References[message]++;
            PinnedBlocks += BlocksOf(message);
        }

        /// <summary>Gives up a message that was held for good.</summary>
        public void Unpin(int message)
        {
            PinnedBlocks -= BlocksOf(message);
            Release(message);
        }

        /// <summary>
        /// Begins a message; the caller appends its bytes to the pool, then the trailer if it can
        /// expire. It starts with one reference, the caller's.
        /// </summary>
        /// <returns>The message, or None without room.</returns>
        public int Begin(int length, int propertiesLength, bool canExpire)
        {
            int whole = canExpire ? length + TrailerLength : length;
            int blocks = whole <= Pool.BlockSize ? 1 : Pool.BlocksFor(whole);
            if (blocks > Pool.FreeCount - _reserved)
            {
                return None;
            }

            int message = Start(whole, propertiesLength);
            if (canExpire && message != None)
            {
                Length[message] = length;
                PropertiesLength[message] |= HasExpiryFlag;
            }

            return message;
        }

        /// <summary>Stores a message without properties; one reference, the caller's.</summary>
        /// <returns>The message, or None without room.</returns>
        public int StorePlain(byte[] source, int offset, int length)
        {
            BlockPool pool = Pool;
            int message;
            if (length > pool.BlockSize)
            {
                message = Begin(length, 0, false);
                if (message != None)
                {
                    pool.Append(source, offset, length);
                }

                return message;
            }

            if (pool.FreeCount <= _reserved)
            {
                return None;
            }

            message = pool.StoreBlock(source, offset, length);
            References[message] = 1;
            Length[message] = length;
            PropertiesLength[message] = 0;
            Count++;
            return message;
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

        /// <summary>Frees a message of one block whose last reference was given up.</summary>
        public void FreeBlock(int message)
        {
            Count--;
            Pool.FreeBlock(message);
        }

        /// <summary>Bytes of a message's Topic Name.</summary>
        public int TopicLength(int message)
        {
            int at = message * Pool.BlockSize;
            return (Pool.Bytes[at] << 8) | Pool.Bytes[at + 1];
        }

        /// <summary>Bytes of a message's properties.</summary>
        public int PropertiesOf(int message)
        {
            return PropertiesLength[message] & LengthMask;
        }

        /// <summary>Whether a message has a Message Expiry Interval.</summary>
        public bool CanExpire(int message)
        {
            return (PropertiesLength[message] & HasExpiryFlag) != 0;
        }

        /// <summary>Blocks that a message takes.</summary>
        public int BlocksOf(int message)
        {
            return Pool.BlocksFor(Length[message] + (CanExpire(message) ? TrailerLength : 0));
        }

        private int Start(int length, int propertiesLength)
        {
            int message = Pool.Begin(length);
            if (message != None)
            {
                References[message] = 1;
                Length[message] = length;
                PropertiesLength[message] = propertiesLength;
                Count++;
            }

            return message;
        }
    }
}
