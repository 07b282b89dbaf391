using System;
using System.Threading;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// A thread that looks after the loop: an Accept that hangs has its listener closed, a loop
    /// that stands still makes the device reboot with the reason kept.
    /// </summary>
    public sealed class Watchdog
    {
        private readonly Surroundings _where;
        private readonly RebootNote _note;
        private BrokerLoop _loop;
        private bool _isStopping;
        private int _beat;

        /// <summary>How often a hanging Accept was ended.</summary>
        public int AcceptsEnded;

        /// <param name="where">Times.</param>
        /// <param name="note">Reboots.</param>
        public Watchdog(Surroundings where, RebootNote note)
        {
            _where = where;
            _note = note;
        }

        /// <summary>Begins to look after a loop; once.</summary>
        public void Start(BrokerLoop loop)
        {
            _loop = loop;
            new Thread(Run).Start();
        }

        /// <summary>Ends the thread.</summary>
        public void Stop()
        {
            _isStopping = true;
        }

        /// <summary>The loop says that it turns.</summary>
        public void Beat()
        {
            _beat++;
        }

        private void Run()
        {
            // A counter and not a time: an int is written in one piece.
            int seen = _beat;
            long seenMs = Environment.TickCount64;
            while (!_isStopping)
            {
                Thread.Sleep(_where.WatchdogMs);
                long now = Environment.TickCount64;
                if (_beat != seen)
                {
                    seen = _beat;
                    seenMs = now;
                }

                long accepting = _loop.AcceptingSinceMs;
                if (accepting != 0 && now - accepting > _where.AcceptStuckMs)
                {
                    AcceptsEnded++;
                    _loop.AcceptingSinceMs = 0;
                    _loop.CloseListener();
                }

                if (now - seenMs > _where.StuckMs && !_isStopping)
                {
                    _note.Reboot("watchdog: the loop stood still for "
                        + ((now - seenMs) / 1000).ToString() + " s");
                    seenMs = now;
                }
            }
        }
    }
}
