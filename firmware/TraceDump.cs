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
    public sealed class TraceDump : BrokerObserver
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

        // Both objects, and the string of a line while it is written.
        private const int ObjectBytes = 480;

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
        }

        private void Begin(long now)
        {
            _ring.IsFrozen = true;
            _state = Writes;
            _next = 0;
            _lines = 0;
            _timeBefore = _ring.Count() == 0 ? (int)now : _ring.TimeOf(0);
            int idLength = _idLength < MostIdBytes ? _idLength : MostIdBytes;
            int id = WriteHex(_clientId, idLength, 0);
            _line[0] = (byte)_reasonCode;
            int code = WriteHex(_line, 1, id);
            Console.WriteLine("trace begins 1 at " + (now - ((int)now - _timeBefore)).ToString()
                + " slot " + _slot.ToString() + " client '" + new string(_text, 0, id)
                + "' code " + new string(_text, id, code - id) + ": " + _why);
        }

        /// <returns>Whether that was not the last one.</returns>
        private bool WriteLine()
        {
            int count = 0;
            while (_next < _ring.Count() && count <= LineBytes - MostVerbBytes)
            {
                count = Encode(_next++, count);
            }

            if (count == 0)
            {
                Console.WriteLine("trace ends " + _next.ToString());
                return false;
            }

            int sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += _line[i];
            }

            _line[count++] = (byte)sum;
            string number = _lines.ToString();
            _lines++;
            Console.WriteLine(
                "trace " + number + " " + new string(_text, 0, WriteHex(_line, count, 0)));
            return true;
        }

        private void Rest(long now)
        {
            _ring.Clear();
            _state = Rests;
            _restEndMs = now + _where.TracePauseMs;
        }

        // As RecordingWriter of the simulator does it, but for the heads.
        private int Encode(int index, int at)
        {
            TraceRing ring = _ring;
            int kind = ring.KindOf(index);
            int passed = ring.TimeOf(index) - _timeBefore;
            _timeBefore += passed;
            bool isLong = passed >= LongTime;
            _line[at++] = (byte)(kind | ((isLong ? LongTime : passed) << 4));
            at = isLong ? Number(passed, at) : at;
            if (kind == TraceRing.Shutdown)
            {
                return at;
            }

            at = Number(ring.SlotOf(index) + (kind == TraceRing.Open ? 1 : 0), at);
            if (kind == TraceRing.Open)
            {
                return Number(0, at);
            }

            if (kind != TraceRing.Receive && kind != TraceRing.Transmit)
            {
                return at;
            }

            at = Number(ring.CountOf(index), at);
            return at + ring.ReadHead(index, _line, at);
        }

        /// <summary>Writes a number as LEB128.</summary>
        private int Number(int value, int at)
        {
            for (; value > 0x7F; value >>= 7)
            {
                _line[at++] = (byte)(value | 0x80);
            }

            _line[at++] = (byte)value;
            return at;
        }

        /// <summary>Writes hex into the text.</summary>
        /// <returns>Where it ends.</returns>
        private int WriteHex(byte[] bytes, int count, int at)
        {
            for (int i = 0; i < 2 * count; i++)
            {
                int digit = (bytes[i >> 1] >> ((i & 1) == 0 ? 4 : 0)) & 15;
                _text[at++] = (char)(digit + (digit < 10 ? '0' : 'A' - 10));
            }

            return at;
        }
    }
}
