namespace EdgeBroker.Boards
{
    /// <summary>ESP32-C6, with Thread in the image; taken to be like the C3.</summary>
    public static class Esp32C6
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("esp32-c6", "ESP32_C6_THREAD", 54472);
            board.Sockets = 8;
            Sizes.Smallest(board.Limits);
            return board;
        }
    }
}
