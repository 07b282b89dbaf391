#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// A small broker with a clock and clients made of bytes. It keeps the host's side of the
    /// contract and checks the broker's: nothing is read or written outside of what was offered,
    /// whatever can be sent has been named by Ready, and nothing is left behind at the end.
    /// </summary>
    public sealed class BrokerBench
    {
        /// <summary>The answer to a good 3.1.1 CONNECT.</summary>
        public const string Connack311 = "20 [ 00 00 ]";

        /// <summary>The answer to a good 5.0 CONNECT with this bench's limits.</summary>
        public const string Connack5 = "20 [ 00 00 [ 24 01 27 00 00 02 00 29 00 2A 00 ] ]";

        private const int Guard = 8;

        /// <summary>To be changed before Start.</summary>
        public readonly BrokerLimits Limits;

        /// <summary>To be changed before Start.</summary>
        public readonly BrokerSettings Settings = new BrokerSettings();

        /// <summary>What the observer heard.</summary>
        public readonly EventLog Events = new EventLog();

        /// <summary>To be changed before Start.</summary>
        public Authenticator Authenticator = new OpenAuthenticator(true);

        /// <summary>The broker, after Start.</summary>
        public MqttBroker Broker;

        /// <summary>The clock.</summary>
        public long NowMs = 100000;

        /// <summary>Room that Drain offers to Transmit.</summary>
        public int Capacity = 256;

        /// <summary>Room for what Drain gets; to be changed before Start.</summary>
        public int OutputSize = 6144;

        /// <summary>What Drain has got.</summary>
        public byte[] Output;

        /// <summary>Bytes in Output.</summary>
        public int OutputLength;

        private byte[] _socket;
        private byte[] _send;
        private bool[] _isOpen;
        private bool[] _isOffered;

        /// <summary>Limits of the test's own.</summary>
        public BrokerBench(BrokerLimits limits)
        {
            Limits = limits;
        }

        /// <summary>Limits that leave room on any board, and no $SYS messages.</summary>
        public BrokerBench()
        {
            Limits = new BrokerLimits();
            Limits.MaxConnections = 6;
            Limits.MaxClientIdLength = 23;
            Limits.MaxConnectRate = 0;
            Limits.MaxConnectSize = 192;
            Limits.MaxPacketSize = 512;
            Limits.ReceiveSize = 128;
            Limits.MaxSubscriptions = 16;
            Limits.MaxSubscriptionsPerClient = 8;
            Limits.MaxTopicLength = 64;
            Limits.MaxTopicLevels = 8;
            Limits.MaxQueuedMessages = 8;
            Limits.MaxQueuedBytes = 1024;
            Limits.MaxQueueEntries = 64;
            Limits.MaxQueuedResponses = 4;
            Limits.MaxRetainedMessages = 8;
            Limits.MaxRetainedBytes = 1024;
            Limits.MessageBlockSize = 64;
            Limits.MessageBlocks = 64;
            Limits.InboundBlockSize = 32;
            Limits.InboundBlocks = 17;
            Limits.TextBlockSize = 16;
            Limits.TextBlocks = 64;
            Limits.RouteEntries = 8;
            Limits.RouteTopicLength = 24;
            Limits.RouteResults = 16;
            Settings.SysIntervalS = 0;
            Settings.SlowGraceMs = 0;
        }

        /// <summary>Makes the broker.</summary>
        public void Start()
        {
            Broker = new MqttBroker(Limits, Settings, Authenticator, Events, NowMs);
            _socket = new byte[Limits.ReceiveSize + 2 * Guard];
            _send = new byte[512 + 2 * Guard];
            Output = new byte[OutputSize];
            _isOpen = new bool[Limits.Slots()];
            _isOffered = new bool[Limits.Slots()];
        }

        /// <summary>Opens a connection.</summary>
        public int Open()
        {
            return Open(0);
        }

        /// <summary>Opens a connection from an address.</summary>
        public int Open(int address)
        {
            int slot = Broker.Open(address, NowMs);
            Assert.IsTrue(slot >= 0 && slot < _isOpen.Length, "no slot");
            Assert.IsFalse(_isOpen[slot], "a slot in use was given away");
            _isOpen[slot] = true;
            return slot;
        }

        /// <summary>Opens a connection and connects a client without Keep Alive.</summary>
        public int Connect(int version, string clientId)
        {
            int slot = Open();
            Send(slot, version == ProtocolVersion.V5
                ? "10 [ `MQTT` 05 02 00 00 [ ] `" + clientId + "` ]"
                : "10 [ `MQTT` 04 02 00 00 `" + clientId + "` ]");
            Drain(slot);
            Assert.IsTrue(OutputLength >= 4 && Output[0] == 0x20 && Output[3] == 0,
                "CONNECT was refused: " + Wire.Hex(Output, 0, OutputLength));
            return slot;
        }

        /// <summary>Connects a client and subscribes it to one filter, with options.</summary>
        public int Subscriber(int version, string clientId, string filter, int options)
        {
            int slot = Connect(version, clientId);
            Subscribe(slot, version, filter, options);
            return slot;
        }

        /// <summary>Subscribes to one filter and takes the SUBACK; what follows stays.</summary>
        public void Subscribe(int slot, int version, string filter, int options)
        {
            bool isV5 = version == ProtocolVersion.V5;
            Send(slot, "82 [ 00 01 " + (isV5 ? "[ ] `" : "`") + filter + "` "
                + Wire.Hex(options) + " ]");
            Expect(slot, isV5 ? "90 [ 00 01 [ ] 00 ]" : "90 [ 00 01 00 ]");
        }

        /// <summary>Sends packets and sees to it that the broker takes all of them.</summary>
        public void Send(int slot, string text)
        {
            byte[] bytes = Wire.Parse(text);
            int taken = Offer(slot, bytes, 0, bytes.Length);
            Assert.AreEqual(bytes.Length, taken, "the broker did not take everything");
        }

        /// <summary>
        /// Sends bytes, as far as ReceiveWindow lets them in; the others are frozen meanwhile.
        /// </summary>
        /// <returns>Bytes taken.</returns>
        public int Offer(int slot, byte[] bytes, int offset, int count)
        {
            int taken = 0;
            while (taken < count)
            {
                Work();
                int window = Broker.ReceiveWindow(slot);
                Assert.IsTrue(window >= 0 && window <= Limits.ReceiveSize, "window");
                if (window == 0)
                {
                    break;
                }

                int part = count - taken < window ? count - taken : window;
                Receive(slot, bytes, offset + taken, part);
                taken += part;
            }

            Work();
            return taken;
        }

        /// <summary>
        /// The host turns to every connection that has something to send; all are frozen and take
        /// nothing. Then it does what is due, until nothing is.
        /// </summary>
        public void Work()
        {
            Freeze();
            for (int i = 0; Broker.NextDeadlineMs() <= NowMs; i++)
            {
                Assert.IsTrue(i < 1000, "there is always something due");
                Broker.Tick(NowMs);
                Freeze();
            }
        }

        /// <summary>Offers everything that waits to sockets that take nothing.</summary>
        public void Freeze()
        {
            int slot = Broker.Ready();
            while (slot != MqttBroker.None)
            {
                _isOffered[slot] = true;
                Broker.Block(slot, NowMs);
                Assert.IsTrue(slot != Broker.Ready(), "Block changed nothing");
                slot = Broker.Ready();
            }
        }

        /// <summary>
        /// Hands bytes over among foreign ones, which are overwritten afterwards.
        /// </summary>
        public void Receive(int slot, byte[] bytes, int offset, int count)
        {
            Fill(_socket, 0xFF);
            System.Array.Copy(bytes, offset, _socket, Guard, count);
            Broker.Receive(slot, _socket, Guard, count, NowMs);
            Fill(_socket, 0xEE);
        }

        /// <summary>One Transmit, checked to keep within its room; adds to Output.</summary>
        public int Transmit(int slot, int capacity)
        {
            bool isNamed = _isOffered[slot] || IsReady(slot);
            Fill(_send, 0xDD);
            int count = Broker.Transmit(slot, _send, Guard, capacity, NowMs);
            Assert.IsTrue(count >= 0 && count <= capacity, "Transmit wrote more than it may");
            for (int i = 0; i < Guard; i++)
            {
                Assert.AreEqual(0xDD, (int)_send[i], "written before the room");
                Assert.AreEqual(0xDD, (int)_send[Guard + capacity + i], "written behind the room");
            }

            Assert.IsTrue(count == 0 || isNamed, "Ready did not name the slot");
            Assert.IsTrue(OutputLength + count <= OutputSize, "the bench's output is full");
            System.Array.Copy(_send, Guard, Output, OutputLength, count);
            OutputLength += count;
            return count;
        }

        /// <summary>Takes everything that waits for a client into Output.</summary>
        public int Drain(int slot)
        {
            OutputLength = 0;
            bool isMore = true;
            while (isMore)
            {
                while (Transmit(slot, Capacity) > 0)
                {
                }

                _isOffered[slot] = false;
                isMore = Broker.NextDeadlineMs() <= NowMs;
                if (isMore)
                {
                    Broker.Tick(NowMs);
                }
                else if (Broker.Ready() != MqttBroker.None && Broker.Ready() != slot)
                {
                    Freeze();
                    isMore = Broker.NextDeadlineMs() <= NowMs || Broker.HasOutput(slot);
                }
                else
                {
                    isMore = Broker.HasOutput(slot);
                }
            }

            return OutputLength;
        }

        /// <summary>Fails unless exactly these packets wait for a client.</summary>
        public void Expect(int slot, string text)
        {
            Drain(slot);
            AssertOutput(text);
        }

        /// <summary>Fails unless Output is exactly this.</summary>
        public void AssertOutput(string text)
        {
            byte[] expected = Wire.Parse(text);
            string found = "expected " + Wire.Hex(expected, 0, expected.Length)
                + "but got " + Wire.Hex(Output, 0, OutputLength);
            Assert.AreEqual(expected.Length, OutputLength, found);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.IsTrue(expected[i] == Output[i], found);
            }
        }

        /// <summary>Fails unless a client gets exactly these packets and is closed.</summary>
        public void ExpectClosed(int slot, string text)
        {
            Expect(slot, text);
            Assert.IsTrue(Broker.WantsClose(slot), "the broker does not close");
            Close(slot);
        }

        /// <summary>
        /// Fails unless a 5.0 client is told this reason, with a Reason String, and closed.
        /// </summary>
        public void ExpectDisconnect(int slot, int reasonCode)
        {
            Drain(slot);
            Assert.IsTrue(OutputLength > 5 && Output[0] == 0xE0 && Output[1] == OutputLength - 2
                && Output[2] == reasonCode && Output[3] == Output[1] - 2 && Output[4] == 0x1F,
                "no DISCONNECT " + Wire.Hex(reasonCode) + ": "
                + Wire.Hex(Output, 0, OutputLength));
            Assert.IsTrue(Broker.WantsClose(slot), "the broker does not close");
            Close(slot);
        }

        /// <summary>The network connection of a client is gone.</summary>
        public void Close(int slot)
        {
            Broker.Close(slot, NowMs);
            _isOpen[slot] = false;
            _isOffered[slot] = false;
            Work();
        }

        /// <summary>Whether a connection is there.</summary>
        public bool IsOpen(int slot)
        {
            return _isOpen[slot];
        }

        /// <summary>Lets time pass as a host would: Tick at each deadline on the way.</summary>
        public void Pass(long milliseconds)
        {
            long end = NowMs + milliseconds;
            Work();
            long next = Broker.NextDeadlineMs();
            while (next <= end)
            {
                NowMs = next > NowMs ? next : NowMs;
                Work();
                next = Broker.NextDeadlineMs();
            }

            NowMs = end;
        }

        /// <summary>A figure as $SYS shows it.</summary>
        public long Counted(int counter)
        {
            return Broker.SysValue(SysTopics.FirstCounter + counter);
        }

        /// <summary>
        /// Closes every connection, removes what is retained, and fails if anything is left.
        /// </summary>
        public void Finish()
        {
            CloseAll();
            Assert.AreEqual(Broker.SysValue(SysTopics.Retained),
                Broker.SysValue(SysTopics.StoredMessages), "messages are left that nobody retains");
            if (Broker.SysValue(SysTopics.Retained) > 0)
            {
                ClearRetained();
            }

            Assert.AreEqual(0L, Broker.SysValue(SysTopics.Retained), "retained messages are left");
            Assert.AreEqual(0L, Broker.SysValue(SysTopics.StoredMessages), "messages are left");
            Assert.AreEqual(0L, Broker.SysValue(SysTopics.StoredBytes), "blocks are left");
            Assert.AreEqual(0L, Broker.SysValue(SysTopics.MemoryUsed), "memory is left");
        }

        // Whether a connection will come to its turn: asks one after the other.
        private bool IsReady(int slot)
        {
            while (Broker.Ready() != MqttBroker.None && Broker.Ready() != slot)
            {
                _isOffered[Broker.Ready()] = true;
                Broker.Block(Broker.Ready(), NowMs);
            }

            return Broker.Ready() == slot;
        }

        private void CloseAll()
        {
            for (int slot = 0; slot < _isOpen.Length; slot++)
            {
                if (_isOpen[slot])
                {
                    Close(slot);
                }
            }

            Assert.AreEqual(0, Broker.OpenConnections, "connections are left");
            Assert.AreEqual(0, Broker.ConnectedClients, "clients are left");
            Assert.AreEqual(0L, Broker.SysValue(SysTopics.Subscriptions), "subscriptions are left");
        }

        private void ClearRetained()
        {
            NowMs += 60000;
            int slot = Connect(ProtocolVersion.V311, "cleaner");
            Send(slot, "82 [ 00 01 `#` 00 ]");
            Drain(slot);
            int end = OutputLength;
            int at = 5;
            while (at < end)
            {
                int length;
                int header = 1 + FixedHeader.DecodeRemainingLength(Output, at + 1, end, out length);
                int topic = 2 + (Output[at + header] << 8 | Output[at + header + 1]);
                byte[] packet = new byte[topic + 2];
                packet[0] = 0x31;
                packet[1] = (byte)topic;
                System.Array.Copy(Output, at + header, packet, 2, topic);
                Receive(slot, packet, 0, packet.Length);
                at += header + length;
            }

            CloseAll();
        }

        private static void Fill(byte[] buffer, int value)
        {
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = (byte)value;
            }
        }
    }
}
