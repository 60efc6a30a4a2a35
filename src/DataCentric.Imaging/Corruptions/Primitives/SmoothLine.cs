namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// The pixels of a line without steps (Zingl 2012, "A Rasterizing Algorithm for Drawing Curves", section on anti-aliased lines, as
/// scikit-image's line_aa has it): Bresenham's pixels and their neighbours within one pixel, each covered to 1 - its distance.
/// </summary>
internal struct SmoothLine
{
    private readonly (int Y, int X) _end;
    private readonly (int Y, int X) _step;
    private readonly (int Y, int X) _size;
    private readonly double _length;
    private (int Y, int X) _place;
    private (int Y, int X) _beside;
    private int _error;
    private int _before;
    private Stage _stage;

    /// <summary>A line from one pixel to another, both of it.</summary>
    public SmoothLine(int y0, int x0, int y1, int x1)
    {
        _end = (y1, x1);
        _step = (y0 < y1 ? 1 : -1, x0 < x1 ? 1 : -1);
        _size = (Math.Abs(y1 - y0), Math.Abs(x1 - x0));
        _length = _size == (0, 0) ? 1 : Math.Sqrt(((double)_size.Y * _size.Y) + ((double)_size.X * _size.X));
        (_place, _error) = ((y0, x0), _size.X - _size.Y);
    }

    private enum Stage
    {
        OnLine,
        Above,
        Left,
        Over,
    }

    /// <summary>Goes on to the next pixel; none comes twice.</summary>
    /// <param name="place">Row and column, inside the image or not.</param>
    /// <param name="cover">Share of the pixel that is covered, 0 to 1.</param>
    /// <returns>False when there is no further pixel.</returns>
    public bool Next(out (int Y, int X) place, out double cover)
    {
        while (true)
        {
            switch (_stage)
            {
                case Stage.OnLine:
                    (place, cover) = (_place, Cover(_error - _size.X + _size.Y));
                    (_before, _beside, _stage) = (_error, _place, Stage.Above);
                    return true;

                // A step to the side; the pixel at the same column in the next row may be covered, too.
                case Stage.Above:
                    _stage = Stage.Left;
                    if (2 * _before < -_size.X)
                        continue;
                    if (_place.X == _end.X)
                        goto default;
                    (place, cover) = ((_place.Y + _step.Y, _place.X), Cover(_before + _size.Y));
                    _error -= _size.Y;
                    _place.X += _step.X;
                    if (_before + _size.Y < _length)
                        return true;
                    continue;

                case Stage.Left:
                    _stage = Stage.OnLine;
                    if (2 * _before > _size.Y)
                        continue;
                    if (_place.Y == _end.Y)
                        goto default;
                    (place, cover) = ((_place.Y, _beside.X + _step.X), Cover(_size.X - _before));
                    _error += _size.X;
                    _place.Y += _step.Y;
                    if (_size.X - _before < _length)
                        return true;
                    continue;

                default:
                    (_stage, place, cover) = (Stage.Over, default, 0);
                    return false;
            }
        }
    }

    private readonly double Cover(int distance) => 1 - (Math.Abs(distance) / _length);
}
