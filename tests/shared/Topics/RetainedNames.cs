#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// A list of the names in a retained table: what a scan finds is compared with it. Names that
    /// stay for the whole of a scan are found exactly once; those that came during it may be.
    /// </summary>
    public sealed class RetainedNames
    {
        private readonly Tables _tables;
        private readonly byte[][] _name;
        private readonly int[] _message;
        private readonly bool[] _stayed;
        private readonly int[] _found;
        private int _count;

        /// <param name="tables">The table to compare with.</param>
        /// <param name="size">Most names.</param>
        public RetainedNames(Tables tables, int size)
        {
            _tables = tables;
            _name = new byte[size][];
            _message = new int[size];
            _stayed = new bool[size];
            _found = new int[size];
        }

        /// <summary>Retains or forgets a random name in table and list.</summary>
        public void Change(Lcg random, string where)
        {
            byte[] name = RandomTopics.Name(random);
            int i = IndexOf(name);
            Assert.AreEqual(i < 0 ? RetainedTable.None : _message[i],
                _tables.Retained.Get(name, 0, name.Length), where + ": Get");
            if (random.Below(3) == 0)
            {
                Assert.AreEqual(i >= 0, _tables.Forget(name), where + ": Remove");
                Remove(i);
            }
            else
            {
                int message = _tables.Retain(name);
                Assert.IsTrue(i < 0 || message >= 0, where + ": there is always room to replace");
                if (i < 0 && message >= 0)
                {
                    i = _count++;
                    _name[i] = name;
                    _stayed[i] = false;
                    _found[i] = 0;
                }

                if (message >= 0)
                {
                    _message[i] = message;
                }
            }

            Assert.AreEqual(_count, _tables.Retained.Count, where + ": Count");
        }

        /// <summary>Counts anew.</summary>
        public void BeginScan()
        {
            for (int i = 0; i < _count; i++)
            {
                _stayed[i] = true;
                _found[i] = 0;
            }
        }

        /// <summary>Notes that a scan found a message.</summary>
        public void Find(int message, byte[] filter, string where)
        {
            int i = 0;
            while (i < _count && _message[i] != message)
            {
                i++;
            }

            Assert.IsTrue(i < _count, where + ": there is such a message");
            Assert.IsTrue(IsMatch(filter, i), where + ": it matches");
            _found[i]++;
        }

        /// <summary>Checks what a scan has found.</summary>
        public void AssertFound(byte[] filter, string where)
        {
            for (int i = 0; i < _count; i++)
            {
                string what = where + ": " + Text.Of(filter) + " against " + Text.Of(_name[i]);
                Assert.IsTrue(_found[i] <= 1, what + " twice");
                Assert.IsTrue(!_stayed[i] || !IsMatch(filter, i) || _found[i] == 1, what);
            }
        }

        /// <summary>Forgets everything.</summary>
        public void ForgetAll()
        {
            while (_count > 0)
            {
                _tables.Forget(_name[0]);
                Remove(0);
            }
        }

        private bool IsMatch(byte[] filter, int i)
        {
            return TopicFilter.Matches(filter, 0, filter.Length, _name[i], 0, _name[i].Length);
        }

        private int IndexOf(byte[] name)
        {
            for (int i = 0; i < _count; i++)
            {
                if (Text.Of(_name[i]) == Text.Of(name))
                {
                    return i;
                }
            }

            return -1;
        }

        private void Remove(int i)
        {
            if (i >= 0)
            {
                _count--;
                _name[i] = _name[_count];
                _message[i] = _message[_count];
                _stayed[i] = _stayed[_count];
                _found[i] = _found[_count];
            }
        }
    }
}
