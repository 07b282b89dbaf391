using System;

namespace EdgeBroker.Firmware
{
    // How the ring becomes lines.
    public sealed partial class TraceDump
    {
        private void Begin(long now)
        {
            _ring.IsFrozen = true;
            _state = Writes;
            _next = 0;
            _lines = 0;
            _timeBefore = _ring.Count() == 0 ? (int)now : _ring.TimeOf(0);
            int id = WriteHex(_clientId, _idLength < MostIdBytes ? _idLength : MostIdBytes, 0);
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
            if (kind == TraceRing.Block || kind == TraceRing.Close)
            {
                return at;
            }

            // That of Open is its address, which is not kept.
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
