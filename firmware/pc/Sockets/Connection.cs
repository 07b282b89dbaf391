using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>
    /// One TCP connection with the send side of lwIP: so many bytes and segments, each of which
    /// takes a whole segment's memory until it is acknowledged. With NoDelay every Send is a
    /// segment; without, small ones are put together while something is on its way.
    /// </summary>
    public abstract class Connection
    {
        /// <summary>What is not acknowledged, the oldest first.</summary>
        protected readonly List<Segment> Segments = new List<Segment>();

        /// <summary>How many of the first ones were sent.</summary>
        protected int InFlight;

        private int _serial;
        private int _bytes;

        /// <summary>The stack that it belongs to.</summary>
        public readonly NetStack Stack;

        /// <summary>Whether every Send goes out at once; off after Accept.</summary>
        public bool NoDelay;

        /// <summary>Whether it was reset, or given up by the stack.</summary>
        public bool IsReset;

        /// <summary>What every Poll for writing throws from now on, or null.</summary>
        public Exception WriteFault;

        /// <summary>At rest.</summary>
        protected Connection(NetStack stack)
        {
            Stack = stack;
        }

        /// <summary>The other end.</summary>
        public abstract IPEndPoint Remote
        {
            get;
        }

        /// <summary>What Poll(SelectWrite) of lwIP promises: room for one Send.</summary>
        public bool IsWritable()
        {
            if (WriteFault != null)
            {
                throw WriteFault;
            }

            Stack.Progress();
            return IsReset
                || (_bytes < (Stack.SendBytes / 2) - 1 && Segments.Count < Stack.SendSegments / 2);
        }

        /// <summary>Whether there are bytes, the end or an error to be read.</summary>
        public abstract bool IsReadable();

        /// <summary>Reads what has arrived; 0 at the end.</summary>
        /// <returns>Bytes, or -1 when nothing has arrived.</returns>
        public abstract int Read(byte[] buffer, int offset, int count);

        /// <summary>Sets what keeps an idle connection alive, in milliseconds.</summary>
        public abstract void SetKeepAlive(bool isOn, int idleMs, int intervalMs, int count);

        /// <summary>The program closes it.</summary>
        /// <param name="isAborted">Whether by a reset that frees all at once.</param>
        public abstract void Close(bool isAborted);

        /// <summary>Takes bytes to be sent.</summary>
        /// <returns>How many; -1 without memory for any.</returns>
        public int Write(byte[] buffer, int offset, int count)
        {
            int done = Take(buffer, offset, count);
            if (done > 0)
            {
                NoteWritten(buffer, offset, done);
            }

            return done;
        }

        /// <summary>Bytes were taken to be sent.</summary>
        protected virtual void NoteWritten(byte[] buffer, int offset, int count)
        {
        }

        private int Take(byte[] buffer, int offset, int count)
        {
            Stack.Progress();
            if (IsReset)
            {
                throw new SocketException(NetStack.ConnectionReset);
            }

            int done = 0;
            while (done < count && _bytes < Stack.SendBytes)
            {
                Segment last = Open();
                if (last == null)
                {
                    if (Segments.Count >= Stack.SendSegments)
                    {
                        break;
                    }

                    if (!Stack.TakeMemory(NetStack.SegmentBytes))
                    {
                        Output();
                        return done > 0 ? done : -1;
                    }

                    last = Append();
                }

                int part = Math.Min(Math.Min(count - done, Segment.MaxSize - last.Length),
                    Stack.SendBytes - _bytes);
                Array.Copy(buffer, offset + done, last.Data, last.Length, part);
                last.Length += part;
                _bytes += part;
                done += part;
            }

            Output();
            return done;
        }

        /// <summary>Sends a segment for the first time.</summary>
        protected abstract void Transmit(Segment segment);

        /// <summary>Ends the stream after what waits.</summary>
        protected void SendFin()
        {
            Append().IsFin = true;
            Output();
        }

        /// <summary>The oldest segments, those up to a number, have arrived.</summary>
        /// <returns>Whether there were any.</returns>
        protected bool Acknowledge(int serial)
        {
            bool any = false;
            while (InFlight > 0 && Segments[0].Serial <= serial)
            {
                any = true;
                Free(Segments[0]);
                Segments.RemoveAt(0);
                InFlight--;
            }

            if (any)
            {
                Output();
            }

            return any;
        }

        /// <summary>Forgets what is not acknowledged.</summary>
        protected void FreeSegments()
        {
            foreach (Segment segment in Segments)
            {
                Free(segment);
            }

            Segments.Clear();
            InFlight = 0;
        }

        private void Output()
        {
            while (InFlight < Segments.Count)
            {
                Segment segment = Segments[InFlight];
                bool isLast = InFlight == Segments.Count - 1;
                if (!NoDelay && InFlight > 0 && isLast && !segment.IsFin
                    && segment.Length < Segment.MaxSize)
                {
                    return; // Nagle: it waits for more, or for an acknowledgement.
                }

                InFlight++;
                Transmit(segment);
            }
        }

        private Segment Open()
        {
            Segment last = Segments.Count > InFlight ? Segments[Segments.Count - 1] : null;
            return last != null && last.Length < Segment.MaxSize ? last : null;
        }

        private Segment Append()
        {
            var segment = new Segment();
            segment.Serial = _serial++;
            Segments.Add(segment);
            return segment;
        }

        private void Free(Segment segment)
        {
            _bytes -= segment.Length;
            if (!segment.IsFin)
            {
                Stack.GiveMemory(NetStack.SegmentBytes);
            }
        }
    }
}
