using System;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// One page over plain HTTP in the device's own network that takes name and password of the
    /// network to join. One connection at a time, each with a deadline.
    /// </summary>
    public sealed class SetupPage
    {
        private const int RequestSize = 1024;
        private const int DeadlineMs = 5000;
        private const int ChunkSize = 1024;

        private readonly Surroundings _where;
        private readonly byte[] _request = new byte[RequestSize];
        private Socket _listener;
        private Socket _client;
        private int _length;
        private long _deadlineMs;

        /// <summary>Port that is listened on.</summary>
        public int Port;

        /// <summary>Whether credentials were saved and the device is to reboot.</summary>
        public bool IsSaved;

        /// <summary>Opens the listening socket.</summary>
        public SetupPage(Surroundings where)
        {
            _where = where;
            try
            {
                _listener = new Socket(
                    AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                SocketSetup.ReuseAddress(_listener, where);
                _listener.Bind(new IPEndPoint(where.ListenAddress, where.SetupPort));
                _listener.Listen(1);
                Port = ((IPEndPoint)_listener.LocalEndPoint).Port;
            }
            catch (SocketException e)
            {
                Console.WriteLine("no set-up page: error " + e.ErrorCode.ToString());
                Stop();
            }
        }

        /// <summary>Serves what has arrived.</summary>
        public void Turn(long now)
        {
            try
            {
                if (_client == null)
                {
                    Accept(now);
                }
                else if (_client.Poll(0, SelectMode.SelectRead))
                {
                    Read();
                }
                else if (now > _deadlineMs)
                {
                    CloseClient();
                }
            }
            catch (SocketException)
            {
                CloseClient();
            }
        }

        /// <summary>Closes the sockets.</summary>
        public void Stop()
        {
            CloseClient();
            SocketSetup.Close(_listener);
            _listener = null;
        }

        private void Accept(long now)
        {
            if (_listener != null && _listener.Poll(0, SelectMode.SelectRead))
            {
                _client = _listener.Accept();
                SocketSetup.Prepare(_client, _where.SendTimeoutMs);
                _length = 0;
                _deadlineMs = now + DeadlineMs;
            }
        }

        private void Read()
        {
            int got = _client.Receive(
                _request, _length, RequestSize - _length, SocketFlags.None);
            _length += got;
            if (got <= 0)
            {
                CloseClient();
                return;
            }

            var request = new HttpRequest(_request, _length);
            if (!request.IsWhole && _length < RequestSize)
            {
                return;
            }

            Answer(request);
            CloseClient();
        }

        private void Answer(HttpRequest request)
        {
            string note = "";
            if (request.IsPost && request.IsWhole)
            {
                string ssid = request.Field("ssid");
                string password = request.Field("password");
                IsSaved = ssid != null && password != null
                    && Credentials.AreValid(ssid, password);
                if (IsSaved)
                {
                    Credentials.Save(ssid, password);
                }

                note = IsSaved
                    ? "<p>Saved. The board restarts and joins this network.</p>"
                    : "<p>Not saved: the name has 1 to 32 letters, the password 8 to 64 or "
                        + "none.</p>";
            }

            string page = "<!DOCTYPE html><html><head><title>EdgeBroker</title><meta "
                + "name=\"viewport\" content=\"width=device-width\"></head><body>"
                + "<h1>EdgeBroker</h1>" + note
                + (IsSaved ? "" : "<form method=\"post\"><p>Wi-Fi name<br><input name=\"ssid\" "
                    + "maxlength=\"32\"></p><p>Password<br><input name=\"password\" "
                    + "type=\"password\" maxlength=\"64\"></p><p><button>Save</button></p></form>")
                + "</body></html>";
            Send("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                + "Connection: close\r\nContent-Length: " + page.Length.ToString() + "\r\n\r\n"
                + page);
        }

        private void Send(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int at = 0; at < bytes.Length; at += ChunkSize)
            {
                int left = bytes.Length - at;
                _client.Send(bytes, at, left < ChunkSize ? left : ChunkSize, SocketFlags.None);
            }
        }

        private void CloseClient()
        {
            SocketSetup.Close(_client);
            _client = null;
        }
    }
}
