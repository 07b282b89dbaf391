using System;
using System.Threading;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// A thread that looks after the program: an Accept that hangs has its listener closed, a
    /// program that stands still makes the device reboot with the reason kept.
    /// </summary>
    public sealed class Watchdog
    {
        private readonly Surroundings _where;
        private readonly RebootNote _note;
        private bool _isStopping;
        private int _beat;

        /// <summary>The loop whose Accept may hang, or null.</summary>
        public BrokerLoop Loop;

        /// <summary>The set-up page whose Accept may hang, or null.</summary>
        public SetupPage Page;

        /// <summary>How often a hanging Accept was ended.</summary>
        public int AcceptsEnded;

        /// <param name="where">Times.</param>
        /// <param name="note">Reboots.</param>
        public Watchdog(Surroundings where, RebootNote note)
        {
            _where = where;
            _note = note;
        }

        /// <summary>Begins to look after the program; once.</summary>
        public void Start()
        {
            new Thread(Run).Start();
        }

        /// <summary>Ends the thread.</summary>
        public void Stop()
        {
            _isStopping = true;
        }

        /// <summary>The program says that it goes on.</summary>
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

                try
                {
                    EndAccepts(now);
                }
                catch (Exception)
                {
                    // No memory: without this thread nobody would look at all.
                }

                if (now - seenMs > _where.StuckMs && !_isStopping)
                {
                    _note.Reboot("watchdog: the program stood still");
                    seenMs = now;
                }
            }
        }

        private void EndAccepts(long now)
        {
            BrokerLoop loop = Loop;
            if (loop != null && IsStuck(loop.AcceptingSinceMs, now))
            {
                loop.AcceptingSinceMs = 0;
                loop.CloseListener();
            }

            SetupPage page = Page;
            if (page != null && IsStuck(page.AcceptingSinceMs, now))
            {
                page.AcceptingSinceMs = 0;
                page.CloseListener();
            }
        }

        private bool IsStuck(long sinceMs, long now)
        {
            bool isStuck = sinceMs != 0 && now - sinceMs > _where.AcceptStuckMs;
            AcceptsEnded += isStuck ? 1 : 0;
            return isStuck;
        }
    }
}
