const show = (id: string, text: string): void => {
  const element = document.getElementById(id);
  if (element !== null) element.textContent = text;
};

void sample.echo('first').then(({ value, url }) => show('answer', `main: ${String(value)} @ ${url}`));
sample.onNews(({ text }) => show('news', text));
document.getElementById('press')?.addEventListener('click', () => sample.clicked('the button'));
