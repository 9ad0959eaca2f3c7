export const openaiModels = {
    id: "openai",
    name: "OpenAI",
    env: ["OPENAI_API_KEY"],
    models: {
        "gpt-5-mini": {
            id: "gpt-5-mini",
            name: "GPT-5 Mini",
            temperature: false,
            limit: {
                context: 400000,
                output: 1,
            },
            cost: { input: 99 },
        },
        "only-here": {
            id: "only-here",
            name: "Only here",
            temperature: true,
        },
    },
};
export default openaiModels;
//# sourceMappingURL=openai.js.map
