import { describe, expect, it } from 'vitest';
import { alignedPassages } from '../../src/clean/aligned.js';
import { placedWords, wordHashes } from '../../src/clean/hashes.js';
import { languageAtAGlance } from '../../src/clean/language.js';
import { countWords } from '../../src/clean/words.js';
import { sentences, tokens, wordsIn } from '../../src/text/tokens.js';
import { article, cleaned, one, taken } from './corpus.js';

const ONE =
  '他昨天在北京说，今年的粮食产量会比去年高。农民们并不这样看，他们担心春天的雨水太少。村里的老人记得，六十年代也有过这样的天气，那一年谁也没有多余的粮食。';
const OTHER =
  '城里的公共汽车每天早上都很挤，坐车的人只好站着看报纸。司机换过三次路线，仍然没有人满意。有人写信给报社，请求再开一条新的线路，但是至今没有回音。';

describe('scripts that put no space between words', () => {
  it('have two characters to a word, or four, wherever words are counted', () => {
    expect(countWords('今天天气很好。')).toBe(3);
    expect(countWords('今天天气很好啊')).toBe(4);
    expect(countWords('カタカナー')).toBe(3);
    expect(countWords('ภาษาไทย')).toBe(2);
    expect(countWords('iPhone手机 2019年')).toBe(4);
    expect(countWords('한국어 문장')).toBe(2);
    expect(countWords('plain words, 3 of them')).toBe(5);
    expect(countWords('𠀀𠀁𠀂𠀃')).toBe(2);
    expect(countWords('यह हिन्दी में लिखा हुआ है')).toBe(6);
    expect(countWords('بِسْمِ اللَّهِ')).toBe(2);
    expect(countWords('שָׁלוֹם עוֹלָם')).toBe(2);
    expect(wordsIn('今天天气很好，iPhone手机。')).toBe(5);
    expect(wordHashes('今天天气很好，天气很好').length).toBe(5);
  });

  it('are read character by character', () => {
    expect(tokens('我用iPhone，很好')).toEqual(['我', '用', 'iPhone', '，', '很', '好']);
    expect(sentences('他来了。「你好。」她说！第二天……')).toEqual(['他来了。', '「你好。」', '她说！', '第二天……']);
  });

  it('have the same words wherever a copied clause stands', () => {
    const { hashes, starts, ends } = placedWords('不过，今天天气很好。');
    const text = '不过，今天天气很好。';
    expect(Array.from(starts, (from, i) => text.slice(from, ends[i]))).toEqual(['不过', '今天', '天气', '很好']);
    expect(Array.from(wordHashes('我认为：今天天气很好')).slice(-3)).toEqual(Array.from(hashes.subarray(1)));
  });

  it('are found copied where they are, and are not where they are not', async () => {
    const by = (name: string, id: string, text: string) => article(text, { id, bylines: [name] });
    const copied = await cleaned([by('王小明', '1', `${ONE}${OTHER}`), by('李华', '2', `${ONE}${OTHER}完。`)]);
    expect(copied.copies).toHaveLength(1);
    const own = await cleaned([by('王小明', '1', ONE), by('李华', '2', OTHER)]);
    expect(own.copies).toHaveLength(0);
    expect(alignedPassages(`甲说。${ONE}`, `乙答。${ONE}`, 3)).toHaveLength(1);
    expect(alignedPassages(ONE, OTHER, 3)).toHaveLength(0);
  });

  it('have their quotations taken out, and not their terms', async () => {
    for (const [open, close] of ['“”', '「」', '""'].map((marks) => [...marks])) {
      const text = `部长说：${open}我们今年不会再提高税收，请大家放心。${close}记者又问了${open}新政${close}的细节，他没有回答。`;
      const document = await one(text);
      expect(taken(text, document, 'quotation')).toEqual(['我们今年不会再提高税收，请大家放心。']);
      expect(document.text).toContain(`${open}新政${close}`);
    }
  });

  it('have a byline’s own name taken out, and the line that prints it', async () => {
    const text = `（本报记者 王小明）\n\n${ONE}王小明认为这不对。\n\n${OTHER}`;
    const document = await one(text, { bylines: ['王小明'] });
    expect(document.text).not.toContain('王小明');
    expect(document.text).not.toContain('记者');
    const honest = await one(text, { bylines: ['李华'] });
    expect(honest.text).toContain('王小明认为这不对');
  });

  it('say what language they are in, by the script', () => {
    expect(languageAtAGlance(ONE)).toBe('zh');
    expect(languageAtAGlance('國破山河在，城春草木深。感時花濺淚，恨別鳥驚心。')).toBe('zh');
    expect(languageAtAGlance('彼は「你好，你好」と言って、東京駅の前で電車を待っていた。')).toBe('ja');
    expect(languageAtAGlance('นี่คือบทความภาษาไทยที่ไม่มีช่องว่าง')).toBe('th');
    expect(
      languageAtAGlance(`The men of the town said to us that it was ${ONE.slice(0, 9)} and not the other one.`),
    ).toBe('en');
    expect(languageAtAGlance('北京大学')).toBe(null);
    expect(languageAtAGlance('မြန်မာဘာသာစကားသည် တရားဝင်ဘာသာစကား ဖြစ်သည်။')).toBe(undefined);
  });
});
