using System;
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Writes the ring to the console after a fault, as lines of hex that `replay` prints: a line
    /// at a time and once a minute, for the console is slow and a hostile client is not.
    /// </summary>
    /// <remarks>docs/recordings.md has the format of the lines.</remarks>
    public sealed partial class TraceDump : BrokerObserver
    {
        // What it does.
        private const byte Waits = 0;
        private const byte HasFault = 1;
        private const byte Writes = 2;
        private const byte Rests = 3;

        // With its mark a line has at most 78 letters, which no terminal breaks.
        private const int LineBytes = 33;
        private const int MostVerbBytes = 10 + TraceRing.HeadBytes;
        private const int MostIdBytes = 32;
        private const int LongTime = 15;

        // Both objects and their buffers at rest, measured on the nanoCLR, 32 bit.
        private const int ObjectBytes = 588;

        private readonly Surroundings _where;
        private readonly TraceRing _ring;
        private readonly byte[] _line = new byte[LineBytes + 1];
        private readonly char[] _text = new char[10 + 2 * (LineBytes + 1)];
        private readonly byte[] _clientId;
        private MqttBroker _broker;
        private string _why;
        private int _slot;
        private int _reasonCode;
        private int _idLength;
        private byte _state;
        private long _restEndMs;
        private int _next;
        private int _lines;
        private int _timeBefore;

        private TraceDump(Surroundings where, TraceRing ring, BrokerLimits limits)
        {
            _where = where;
            _ring = ring;
            _clientId = new byte[limits.MaxClientIdLength];
        }

        /// <summary>Makes it with its ring.</summary>
        /// <returns>It, or null when the configuration does not ask for it.</returns>
        public static TraceDump Make(DeviceConfig config, Surroundings where)
        {
            return config.TraceSize < TraceRing.PlaceBytes ? null
                : new TraceDump(where, new TraceRing(config.TraceSize), config.Board.Limits);
        }

        /// <summary>Bytes that it takes from the heap, ring included.</summary>
        public static long BytesFor(int traceSize, BrokerLimits limits)
        {
            int places = traceSize / TraceRing.PlaceBytes;
            return places == 0 ? 0 : MemoryLedger.Raw(places * TraceRing.HeadBytes)
                + 2 * MemoryLedger.Raw(places * 4) + MemoryLedger.Raw(limits.MaxClientIdLength)
                + ObjectBytes;
        }

        /// <summary>Hears of a broker's verbs from now on.</summary>
        public void Attach(MqttBroker broker)
        {
            _broker = broker;
            _ring.Owner = this;
            broker.SetTap(_ring);
        }

        /// <summary>The connection of the fault was told what there was to tell.</summary>
        public void NoteClient()
        {
            _idLength = _broker.ReadClientId(_slot, _clientId);
        }

        /// <inheritdoc/>
        public override void On(BrokerEvent what, int slot, byte reasonCode, string why)
        {
            bool isFault = what == BrokerEvent.ConnectRefused || (what == BrokerEvent.Closed
                && reasonCode != ReasonCode.SessionTakenOver
                && reasonCode != ReasonCode.ServerShuttingDown);
            if (!isFault || _state != Waits)
            {
                return;
            }

            _state = HasFault;
            _slot = slot;
            _reasonCode = reasonCode;
            _why = why;
            _idLength = 0; // Read by NoteClient: here the calls are deep.
            _ring.Watched = slot;
        }

        /// <summary>The host closes a connection itself; before it tells the broker.</summary>
        public void NoteClosed(int slot, string why)
        {
            if (_state == Waits)
            {
                On(BrokerEvent.Closed, slot, ReasonCode.Success, why);
                NoteClient();
            }
        }

        /// <summary>The program ends: keeps what is there, and lets go of the broker.</summary>
        public void Freeze()
        {
            _ring.IsFrozen = true;
            _broker = null;
        }

        /// <summary>Writes a line if there is one to write; some times a second.</summary>
        public void Turn(long now)
        {
            try
            {
                if (_state == HasFault)
                {
                    Begin(now);
                }
                else if (_state == Writes && !WriteLine())
                {
                    Rest(now);
                }
            }
            catch (Exception)
            {
                Rest(now); // No memory for a line: the clients matter more.
            }

            if (_state == Rests && now >= _restEndMs)
            {
                _state = Waits;
            }
        }

        /// <summary>Writes everything at once, because the program ends.</summary>
        public void WriteAll(string why, long now)
        {
            _slot = MqttBroker.None;
            _reasonCode = 0;
            _idLength = 0;
            _why = why;
            try
            {
                Begin(now);
                while (WriteLine())
                {
                }
            }
            catch (Exception)
            {
                // No memory for a line: the restart matters more.
            }

            Rest(now);
        }

        private void Rest(long now)
        {
            _ring.Clear();
            _state = Rests;
            _restEndMs = now + _where.TracePauseMs;
        }
    }
}
