using System;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// One page over plain HTTP. In the device's own network it takes name and password of the
    /// network to join; in safe mode it tells why. One connection at a time, with a deadline.
    /// </summary>
    public sealed class SetupPage
    {
        private const int BufferSize = 1024;
        private const int DeadlineMs = 5000;

        private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            + "Connection: close\r\nContent-Length: ";

        private const string Top = "<!DOCTYPE html><html><head><title>EdgeBroker</title><meta "
            + "name=\"viewport\" content=\"width=device-width\"></head><body>"
            + "<h1>EdgeBroker</h1><p>";

        private const string Form = "<form method=\"post\"><p>Wi-Fi name<br><input name=\"ssid\" "
            + "maxlength=\"31\"></p><p>Password<br><input name=\"password\" "
            + "type=\"password\" maxlength=\"63\"></p><p><button>Save</button></p></form>";

        private const string RestartForm = "<form method=\"post\"><p><button name=\"restart\" "
            + "value=\"1\">Restart with the file</button></p></form>";

        private const string Saved = "<p>Saved. The board restarts and joins this network.";
        private const string NotSaved = "<p>Not saved: the name has 1 to 31 bytes, the password 8 "
            + "to 63 or none. Letters outside of ASCII have two or more.";

        private readonly Surroundings _where;
        private readonly byte[] _buffer = new byte[BufferSize];
        private Socket _listener;
        private Socket _client;
        private int _length;
        private long _deadlineMs;
        private long _nextListenMs;

        /// <summary>Port that is listened on.</summary>
        public int Port;

        /// <summary>What the page says first; what is no plain ASCII is shown as ?.</summary>
        public string Status = "";

        /// <summary>Whether it takes credentials.</summary>
        public bool HasForm;

        /// <summary>Whether it offers to leave safe mode.</summary>
        public bool OffersRestart;

        /// <summary>Whether credentials were saved or a restart was asked for.</summary>
        public bool WantsReboot;

        /// <summary>When the Accept that is going on began, or 0; read by the watchdog.</summary>
        public long AcceptingSinceMs;

        /// <param name="where">Tells address, port and times.</param>
        public SetupPage(Surroundings where)
        {
            _where = where;
        }

        /// <summary>Serves what has arrived. Whatever that was, it throws nothing.</summary>
        public void Turn(long now)
        {
            try
            {
                if (_client == null)
                {
                    Accept(now);
                }
                else if (now > _deadlineMs)
                {
                    CloseClient();
                }
                else if (_client.Poll(0, SelectMode.SelectRead))
                {
                    Read();
                }
            }
            catch (Exception e)
            {
                Console.WriteLine("set-up page: " + e.Message);
                CloseClient();
            }
        }

        /// <summary>Closes the sockets.</summary>
        public void Stop()
        {
            CloseClient();
            CloseListener();
        }

        /// <summary>Closes the listening socket; Turn opens another. From any thread.</summary>
        public void CloseListener()
        {
            Socket listener = _listener;
            _listener = null;
            SocketSetup.Close(listener);
        }

        private void Accept(long now)
        {
            Socket listener = _listener;
            if (listener == null)
            {
                Listen(now);
            }
            else if (listener.Poll(0, SelectMode.SelectRead))
            {
                try
                {
                    AcceptingSinceMs = now;
                    _client = listener.Accept();
                }
                finally
                {
                    AcceptingSinceMs = 0;
                }

                SocketSetup.Prepare(_client, _where.SendTimeoutMs);
                _length = 0;
                _deadlineMs = now + DeadlineMs;
            }
        }

        private void Listen(long now)
        {
            if (now < _nextListenMs)
            {
                return;
            }

            _nextListenMs = now + _where.ListenRetryMs;
            var socket = new Socket(
                AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                SocketSetup.ReuseAddress(socket, _where);
                socket.Bind(new IPEndPoint(_where.ListenAddress, _where.SetupPort));
                socket.Listen(1);
                Port = ((IPEndPoint)socket.LocalEndPoint).Port;
                _listener = socket;
            }
            finally
            {
                if (_listener == null)
                {
                    SocketSetup.Close(socket);
                }
            }
        }

        private void Read()
        {
            int got = _client.Receive(
                _buffer, _length, BufferSize - _length, SocketFlags.None);
            _length += got;
            if (got <= 0)
            {
                CloseClient();
                return;
            }

            var request = new HttpRequest(_buffer, _length);
            if (request.IsWhole || _length == BufferSize)
            {
                Answer(request.IsPost && request.IsWhole ? Take(request) : "");
                CloseClient();
            }
        }

        /// <summary>Does what a form asks for.</summary>
        /// <returns>What to tell about it.</returns>
        private string Take(HttpRequest form)
        {
            if (OffersRestart && form.Field("restart") != null)
            {
                WantsReboot = true;
                return "<p>The board restarts.";
            }

            string ssid = form.Field("ssid");
            string password = form.Field("password");
            if (!HasForm || ssid == null || password == null
                || !Credentials.AreValid(ssid, password))
            {
                return NotSaved;
            }

            Credentials.Save(ssid, password);
            WantsReboot = true;
            return Saved;
        }

        private void Answer(string note)
        {
            string status = Plain(Status);
            string form = HasForm && !WantsReboot ? Form : "";
            string restart = OffersRestart && !WantsReboot ? RestartForm : "";
            int length = Top.Length + status.Length + note.Length + form.Length + restart.Length;

            // Into the buffer of the request, which was read: memory is scarce on a board.
            _length = 0;
            Put(Head);
            Put(length.ToString());
            Put("\r\n\r\n");
            Put(Top);
            Put(status);
            Put(note);
            Put(form);
            Put(restart);
            Flush();
        }

        /// <summary>Adds a text of up to 1,024 letters, all of ASCII.</summary>
        private void Put(string text)
        {
            if (_length + text.Length > BufferSize)
            {
                Flush();
            }

            _length += Encoding.UTF8.GetBytes(text, 0, text.Length, _buffer, _length);
        }

        /// <summary>A text that is no HTML and has a byte for each letter.</summary>
        private static string Plain(string text)
        {
            char[] letters = text.ToCharArray();
            for (int i = 0; i < letters.Length; i++)
            {
                char letter = letters[i];
                if (letter < ' ' || letter > '~' || letter == '<' || letter == '&')
                {
                    letters[i] = '?';
                }
            }

            return new string(letters);
        }

        private void Flush()
        {
            _client.Send(_buffer, 0, _length, SocketFlags.None);
            _length = 0;
        }

        private void CloseClient()
        {
            SocketSetup.Close(_client);
            _client = null;
        }
    }
}
